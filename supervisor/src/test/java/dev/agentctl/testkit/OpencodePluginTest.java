package dev.agentctl.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Our plugin in opencode, run by Node.js against a small HTTP server in the supervisor's place.
@Timeout(60)
final class OpencodePluginTest {
    /// Loads it, asks for a permission, and prints what the agent is told of that.
    private static final String AGENT = """
            const told = (what) => console.log(`${what.path.requestID} ${what.body.reply}`)
            const plugin = (await import(process.argv[2])).default
            const hooks = await plugin({ client: { _client: { post: told } } })
            if (process.argv[3] === "asks") {
              const properties = { id: "p1", sessionID: "c1", permission: "bash", patterns: ["ls"] }
              await hooks.event({ event: { type: "permission.asked", properties } })
            }
            """;

    @TempDir
    private Path folder;

    private final Deque<Answer> answers = new ConcurrentLinkedDeque<>();
    private final Queue<String> keys = new ConcurrentLinkedQueue<>();
    private HttpServer supervisor;
    private Path spool;

    private record Answer(int status, String body) {}

    @BeforeEach
    void start() throws IOException {
        spool = Files.createDirectory(folder.resolve("hooks"));
        try (InputStream plugin =
                OpencodePluginTest.class.getResourceAsStream("/dev/agentctl/agent/opencode-plugin.js")) {
            Files.copy(Objects.requireNonNull(plugin), folder.resolve("plugin.mjs"));
        }
        Files.writeString(folder.resolve("agent.mjs"), AGENT);
        supervisor = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        supervisor.createContext("/", this::answer);
        supervisor.start();
    }

    @AfterEach
    void stop() {
        supervisor.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            keys.add(exchange.getRequestHeaders().getFirst("Idempotency-Key"));
            Answer answer = answers.remove();
            byte[] body = answer.body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private String run(String what) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                        AgentClis.node().toString(),
                        folder.resolve("agent.mjs").toString(),
                        folder.resolve("plugin.mjs").toString(),
                        what)
                .redirectErrorStream(true);
        builder.environment().clear();
        builder.environment()
                .putAll(Map.of(
                        "AGENTCTL_PORT",
                        Integer.toString(supervisor.getAddress().getPort()),
                        "AGENTCTL_TOKEN",
                        "secret",
                        "AGENTCTL_SPOOL",
                        spool.toString()));
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    private List<Path> kept() throws IOException {
        try (Stream<Path> all = Files.list(spool)) {
            return all.toList();
        }
    }

    @ParameterizedTest
    @CsvSource({"503,", "500,{}", "429,{}", "200,"})
    void whatTheSupervisorDoesNotSayItHasIsKeptByItsKey(int status, String body)
            throws IOException, InterruptedException {
        answers.add(new Answer(status, Objects.requireNonNullElse(body, "")));
        run("begins");
        assertThat(kept())
                .hasSize(1)
                .allSatisfy(file -> assertThat(file)
                        .hasFileName(keys.element() + ".json")
                        .hasContent("{\"hook_event_name\":\"plugin\"}"));
    }

    @ParameterizedTest
    @CsvSource({"200", "401"})
    void whatWasTakenOrRefusedIsNot(int status) throws IOException, InterruptedException {
        answers.add(new Answer(status, "{}"));
        run("begins");
        assertThat(kept()).isEmpty();
    }

    /// A supervisor that is ended answers with nothing, and its successor has the decision.
    @Test
    void aPermissionIsAskedForUntilItIsDecided() throws IOException, InterruptedException {
        answers.add(new Answer(200, "{}"));
        answers.add(new Answer(200, "\n"));
        answers.add(new Answer(429, "{}"));
        answers.add(new Answer(200, "\n{\"reply\":\"once\"}"));
        assertThat(run("asks")).isEqualTo("p1 once\n");
        assertThat(keys.stream().skip(1).distinct()).hasSize(1);
    }
}

package dev.agentctl.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The script that agents run as their hook, against a small HTTP server in the supervisor's place.
@Timeout(30)
final class HookScriptTest {
    private static final String EVENT = "{\"hook_event_name\":\"Stop\",\"text\":\"größer € 'x' \\\"y\\\"\\n$(id)\"}";

    @TempDir
    private Path folder;

    private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();
    private Path hook;
    private HttpServer supervisor;
    private int status = 200;

    @BeforeEach
    void start() throws IOException {
        hook = folder.resolve("hook");
        try (InputStream script = HookScriptTest.class.getResourceAsStream("/dev/agentctl/agent/hook")) {
            Files.copy(Objects.requireNonNull(script), hook, StandardCopyOption.REPLACE_EXISTING);
        }
        supervisor = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        supervisor.createContext("/", this::answer);
        supervisor.start();
    }

    @AfterEach
    void stop() {
        supervisor.stop(0);
    }

    @Test
    void eventReachesTheSupervisorByteForByteAndItsAnswerIsPrinted() throws IOException, InterruptedException {
        assertThat(run(EVENT)).isEqualTo(new Ended("{\"decision\":\"größer\"}", 0));
        assertThat(received.take()).isEqualTo(new Received("/hook/codex", "Bearer secret", EVENT));
    }

    @Test
    void longEventArrivesWhole() throws IOException, InterruptedException {
        String event = "{\"text\":\"" + "é\\n".repeat(100_000) + "\"}";
        assertThat(run(event).exit()).isZero();
        assertThat(received.take().body()).isEqualTo(event);
    }

    @Test
    void refusalPrintsNothing() throws IOException, InterruptedException {
        status = 401;
        assertThat(run(EVENT)).isEqualTo(new Ended("", 0));
    }

    @Test
    void supervisorThatIsAwayHoldsNobodyUp() throws IOException, InterruptedException {
        supervisor.stop(0);
        assertThat(run(EVENT)).isEqualTo(new Ended("", 0));
        assertThat(received).isEmpty();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String token = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            received.add(new Received(exchange.getRequestURI().toString(), token, body));
            byte[] answer = "{\"decision\":\"größer\"}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    /// Standard error joins the output: a hook that complains would show up in the agent's terminal.
    private Ended run(String event) throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(List.of("bash", hook.toString(), "codex")).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment()
                .put("AGENTCTL_PORT", Integer.toString(supervisor.getAddress().getPort()));
        builder.environment().put("AGENTCTL_TOKEN", "secret");
        Process process = builder.start();
        try (OutputStream input = process.getOutputStream()) {
            input.write(event.getBytes(StandardCharsets.UTF_8));
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(output, process.waitFor());
    }

    /// What the supervisor was sent.
    private record Received(String route, String token, String body) {}

    /// What the script printed, and its exit code.
    private record Ended(String output, int exit) {}
}

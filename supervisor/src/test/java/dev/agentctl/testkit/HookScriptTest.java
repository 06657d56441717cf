package dev.agentctl.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The script that agents run as their hook, against a small HTTP server in the supervisor's place.
@Timeout(120)
final class HookScriptTest {
    private static final String EVENT = "{\"hook_event_name\":\"Stop\",\"text\":\"größer € 'x' \\\"y\\\"\\n$(id)\"}";

    @TempDir
    private Path folder;

    private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();
    private Path hook;
    private HttpServer supervisor;
    private int status = 200;
    private Path spool;

    @BeforeEach
    void start() throws IOException {
        hook = folder.resolve("hook");
        spool = Files.createDirectory(folder.resolve("hooks"));
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
        Received one = received.take();
        assertThat(one).isEqualTo(new Received("/hook/codex", "Bearer secret", one.key(), EVENT));
        assertThat(spool).isEmptyDirectory();
    }

    @Test
    void longEventArrivesWhole() throws IOException, InterruptedException {
        String event = "{\"text\":\"" + "é\\n".repeat(100_000) + "\"}";
        assertThat(run(event).exit()).isZero();
        assertThat(received.take().body()).isEqualTo(event);
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 413})
    void refusalPrintsAndKeepsNothing(int refusal) throws IOException, InterruptedException {
        status = refusal;
        assertThat(run(EVENT)).isEqualTo(new Ended("", 0));
        assertThat(spool).isEmptyDirectory();
    }

    @Test
    void supervisorThatIsAwayHoldsNobodyUp() throws IOException, InterruptedException {
        supervisor.stop(0);
        assertThat(run(EVENT)).isEqualTo(new Ended("", 0));
        assertThat(received).isEmpty();
        assertThat(kept()).hasContent(EVENT);
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 503})
    void whatTheSupervisorCouldNotTakeIsKeptByItsKey(int failure) throws IOException, InterruptedException {
        status = failure;
        assertThat(run(EVENT)).isEqualTo(new Ended("", 0));
        assertThat(kept()).hasContent(EVENT).hasFileName(received.take().key() + ".json");
    }

    /// It was ended before it took the event, or another program has its port.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "HTTP/1.1 20",
                "HTTP/1.1 200 OK\r\nContent-",
                "HTTP/1.1 200 OK\r\n\r\n",
                "HTTP/1.1 200 OK\r\n\r\n\n\n",
                "\r\n",
                "SSH-2.0-OpenSSH_9.2\r\n"
            })
    void anAnswerThatIsNoneKeepsTheEvent(String answer) throws IOException, InterruptedException {
        try (ServerSocket garbling = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> garble(garbling, answer));
            assertThat(run(EVENT, garbling.getLocalPort())).isEqualTo(new Ended("", 0));
        }
        assertThat(kept()).hasContent(EVENT);
    }

    /// As one that was stopped by a signal. It costs the 10 s that a hook waits.
    @Test
    void supervisorThatHangsDoesNotHoldUpTheAgentForEver() throws IOException, InterruptedException {
        try (ServerSocket hanging = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(run(EVENT, hanging.getLocalPort())).isEqualTo(new Ended("", 0));
        }
        assertThat(kept()).hasContent(EVENT);
    }

    private static void garble(ServerSocket server, String answer) {
        try (Socket hook = server.accept()) {
            byte[] end = "$(id)\"}".getBytes(StandardCharsets.UTF_8);
            for (int matched = 0; matched < end.length; ) {
                int next = hook.getInputStream().read();
                matched = next == end[matched] ? matched + 1 : 0;
            }
            hook.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aToolThatBeginsIsNotKept() throws IOException, InterruptedException {
        status = 500;
        assertThat(run("{\"hook_event_name\":\"PreToolUse\"}").exit()).isZero();
        assertThat(spool).isEmptyDirectory();
    }

    @Test
    void aDiskWithTooLittleRoomKeepsNoPart() throws IOException, InterruptedException {
        Optional<SmallDisk> mounted = SmallDisk.at(spool, "64k");
        assumeThat(mounted).as("may mount a small disk").isPresent();
        try (SmallDisk _ = mounted.orElseThrow()) {
            supervisor.stop(0);
            assertThat(run("{\"text\":\"" + "x".repeat(100_000) + "\"}")).isEqualTo(new Ended("", 0));
            assertThat(spool).isEmptyDirectory();
        }
    }

    /// The one file that is kept.
    private Path kept() throws IOException {
        try (Stream<Path> all = Files.list(spool)) {
            List<Path> files = all.toList();
            assertThat(files).hasSize(1);
            return files.getFirst();
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String token = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String key = String.valueOf(exchange.getRequestHeaders().getFirst("Idempotency-Key"));
            received.add(new Received(exchange.getRequestURI().toString(), token, key, body));
            byte[] answer = "{\"decision\":\"größer\"}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    /// Standard error joins the output: a hook that complains would show up in the agent's terminal.
    private Ended run(String event) throws IOException, InterruptedException {
        return run(event, supervisor.getAddress().getPort());
    }

    private Ended run(String event, int port) throws IOException, InterruptedException {
        Path printed = folder.resolve("printed");
        ProcessBuilder builder = new ProcessBuilder(List.of("bash", hook.toString(), "codex"))
                .redirectErrorStream(true)
                .redirectOutput(printed.toFile());
        builder.environment().clear();
        // for mv
        builder.environment().put("PATH", "/usr/bin:/bin");
        builder.environment().put("AGENTCTL_PORT", Integer.toString(port));
        builder.environment().put("AGENTCTL_SPOOL", spool.toString());
        builder.environment().put("AGENTCTL_TOKEN", "secret");
        Process process = builder.start();
        try (OutputStream input = process.getOutputStream()) {
            input.write(event.getBytes(StandardCharsets.UTF_8));
        }
        boolean ended = process.waitFor(60, TimeUnit.SECONDS);
        process.destroyForcibly();
        assertThat(ended).as("the hook ends").isTrue();
        return new Ended(Files.readString(printed), process.exitValue());
    }

    /// What the supervisor was sent.
    private record Received(String route, String token, String key, String body) {}

    /// What the script printed, and its exit code.
    private record Ended(String output, int exit) {}
}

package dev.agentctl.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentctl.wire.StateFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A host process that may open few files. At the limit pty4j starts children on /dev/ptmx itself: mute, deaf, and
/// outliving everything; of 20 at a limit of 62 it did so with 15.
@Timeout(180)
class DescriptorLimitTest {
    private static final int LIMIT = 120;

    @TempDir
    Path temporary;

    private StateFolder folder;
    private Process process;
    private HostClient client;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        folder = new StateFolder(temporary.resolve("state"));
        assertThat(folder.prepare()).isEmpty();
        String java = Path.of(Objects.requireNonNull(System.getProperty("java.home")), "bin", "java")
                .toString();
        ProcessBuilder builder = new ProcessBuilder(
                "/bin/sh",
                "-c",
                "ulimit -n " + LIMIT + "; exec \"$@\"",
                "sh",
                java,
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                Objects.requireNonNull(System.getProperty("java.class.path")),
                "dev.agentctl.host.HostMain");
        builder.environment().put("AGENTCTL_HOME", folder.path().toString());
        process = builder.redirectErrorStream(true)
                .redirectOutput(temporary.resolve("host.log").toFile())
                .start();
        client = connect();
    }

    private HostClient connect() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(90);
        while (true) {
            try {
                return HostClient.connect(folder.hostSocket(), HostClient.Observer.NONE);
            } catch (IOException e) {
                assertThat(process.isAlive() && System.nanoTime() < deadline)
                        .as("the host starts: %s", e.getMessage())
                        .isTrue();
                TimeUnit.MILLISECONDS.sleep(50);
            }
        }
    }

    @AfterEach
    void stop() throws IOException, InterruptedException {
        for (HostedSession session : client.sessions()) {
            if (session.alive()) {
                client.ask(new HostRequest.SendSignal(session.name(), 0, "KILL"));
            }
        }
        client.ask(new HostRequest.Shutdown());
        client.close();
        process.waitFor();
    }

    private HostReply spawn(int number) throws IOException, InterruptedException {
        return client.ask(
                new HostRequest.Spawn("s" + number, 1, List.of("cat"), "/", Map.of("PATH", "/usr/bin:/bin"), 80, 24));
    }

    @Test
    void aStartIsRefusedBeforeItsChildWouldBeMute() throws IOException, InterruptedException {
        int started = 0;
        HostReply reply = spawn(started);
        while (reply instanceof HostReply.Spawned(long pid)) {
            Path input = Files.readSymbolicLink(Path.of("/proc/" + pid + "/fd/0"));
            assertThat(input.toString()).startsWith("/dev/pts/");
            started++;
            assertThat(started).isLessThan(LIMIT);
            reply = spawn(started);
        }
        assertThat(started).isPositive();
        assertThat(reply)
                .isEqualTo(new HostReply.Refused(
                        "too few file descriptors are left (see ulimit -n) to start another", false));
        echoes("s0");
        echoes("s" + (started - 1));
    }

    private void echoes(String session) throws IOException, InterruptedException {
        HostReply typed = client.ask(new HostRequest.Input(session, 1, "hello\r".getBytes(StandardCharsets.UTF_8)));
        assertThat(typed).isEqualTo(new HostReply.Done());
        try (HostReader reader = HostClient.read(folder.hostSocket(), new HostRequest.Read(session, 0, -1, true))) {
            StringBuilder text = new StringBuilder();
            while (!text.toString().contains("hello\r\nhello\r\n")) {
                Optional<LogItem> item = reader.next();
                assertThat(item).isPresent();
                if (item.get() instanceof LogItem.Bytes(long _, byte[] bytes)) {
                    text.append(new String(bytes, StandardCharsets.UTF_8));
                }
            }
        }
    }
}

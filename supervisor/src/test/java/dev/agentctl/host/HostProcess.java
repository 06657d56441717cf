package dev.agentctl.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentctl.wire.RoleLock;
import dev.agentctl.wire.StateFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// The host as a process of its own, started by a shell that may have prepared what it inherits.
final class HostProcess implements AutoCloseable {
    private final StateFolder folder;
    private final Process process;
    private final HostClient client;
    private boolean killed;

    private HostProcess(StateFolder folder, Process process) throws IOException, InterruptedException {
        this.folder = folder;
        this.process = process;
        this.client = connect(HostClient.Observer.NONE);
    }

    /// @param temporary where its state is
    /// @param preparation what the shell does first
    static HostProcess start(Path temporary, String preparation) throws IOException, InterruptedException {
        StateFolder folder = new StateFolder(temporary.resolve("state"));
        assertThat(folder.prepare()).isEmpty();
        String java = Path.of(Objects.requireNonNull(System.getProperty("java.home")), "bin", "java")
                .toString();
        ProcessBuilder builder = new ProcessBuilder(
                "/bin/sh",
                "-c",
                preparation + "; exec \"$@\"",
                "sh",
                java,
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                Objects.requireNonNull(System.getProperty("java.class.path")),
                "dev.agentctl.host.HostMain");
        builder.environment().put("AGENTCTL_HOME", folder.path().toString());
        Process process = builder.redirectErrorStream(true)
                .redirectOutput(temporary.resolve("host.log").toFile())
                .start();
        return new HostProcess(folder, process);
    }

    StateFolder folder() {
        return folder;
    }

    long pid() {
        return process.pid();
    }

    HostClient client() {
        return client;
    }

    /// Ends it as `kill -9` does; its children hang up.
    void kill() throws InterruptedException {
        killed = true;
        client.close();
        process.destroyForcibly().waitFor();
    }

    private HostClient connect(HostClient.Observer observer) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(90);
        while (true) {
            try {
                return HostClient.connect(folder.hostSocket(), observer);
            } catch (IOException e) {
                assertThat(process.isAlive() && System.nanoTime() < deadline)
                        .as("the host starts: %s", e.getMessage())
                        .isTrue();
                TimeUnit.MILLISECONDS.sleep(50);
            }
        }
    }

    HostReply spawn(String session, String... argv) throws IOException, InterruptedException {
        return client.ask(
                new HostRequest.Spawn(session, 1, List.of(argv), "/", Map.of("PATH", "/usr/bin:/bin"), 80, 24));
    }

    void type(String session, String text) throws IOException, InterruptedException {
        HostReply typed = client.ask(new HostRequest.Input(session, 1, text.getBytes(StandardCharsets.UTF_8)));
        assertThat(typed).isEqualTo(new HostReply.Done());
    }

    /// Reads a session's output from its beginning until it has printed the text.
    String readUntil(String session, String wanted) throws IOException {
        try (HostReader reader = HostClient.read(folder.hostSocket(), new HostRequest.Read(session, 0, -1, true))) {
            StringBuilder text = new StringBuilder();
            while (!text.toString().contains(wanted)) {
                Optional<LogItem> item = reader.next();
                assertThat(item).isPresent();
                if (item.get() instanceof LogItem.Bytes(long _, byte[] bytes)) {
                    text.append(new String(bytes, StandardCharsets.UTF_8));
                }
            }
            return text.toString();
        }
    }

    @Override
    public void close() throws IOException {
        if (killed) {
            return;
        }
        try {
            for (HostedSession session : client.sessions()) {
                if (session.alive()) {
                    client.ask(new HostRequest.SendSignal(session.name(), 0, "KILL"));
                }
            }
            // another process than ours where a guard has begun it anew
            Optional<ProcessHandle> last = ProcessHandle.of(Long.parseLong(RoleLock.holder(folder.hostLock())));
            client.ask(new HostRequest.Shutdown());
            client.close();
            process.waitFor();
            last.ifPresent(each -> each.onExit().join());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}

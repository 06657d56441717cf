package dev.agentctl.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentctl.pty.ExitStatus;
import dev.agentctl.wire.RoleLock;
import dev.agentctl.wire.SuccessionCall;
import dev.agentctl.wire.SuccessionCall.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A host whose program is replaced in its process: no child ends, and no byte, key or exit status is lost.
@Timeout(600)
class HostReplacementTest {
    private static final int ENDING = 8;
    private static final int ROUNDS = 2;
    private static final String COUNT = "i=0; while :; do echo $i; i=$((i+1)); done";

    @TempDir
    Path temporary;

    private HostProcess host;
    private SuccessionCall succession;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        host = HostProcess.start(temporary, ":");
        succession = new SuccessionCall(host.folder().hostSocket(), "host");
    }

    @AfterEach
    void stop() throws IOException {
        host.close();
    }

    @Test
    void nothingIsLostUnderAFloodOfOutputKeysAndExits() throws ExecutionException, IOException, InterruptedException {
        host.spawn("flood", "/bin/sh", "-c", COUNT);
        host.spawn("echo", "/bin/sh", "-c", "stty raw -echo; exec cat");
        host.readUntil("flood", "1000\r\n");
        boolean walls = spawnBehindWalls();
        Map<String, Long> pids = pids();
        try (Flood flood = new Flood(host.folder().hostSocket(), "flood");
                Typing typing = new Typing(host.client(), "echo")) {
            for (int i = 0; i < ROUNDS; i++) {
                spawnEnding(i);
                Outcome outcome = succession.replace(command("-Dbuild=" + i, "/another/" + i));
                assertThat(outcome).as(log()).isInstanceOf(Outcome.Replaced.class);
                flood.awaitMore();
            }
            String typed = typing.finish();
            assertThat(host.readUntil("echo", typed.substring(typed.length() - 8)))
                    .isEqualTo(typed);
            flood.finish();
            System.out.println("longest pause of the flood: " + flood.longestPauseMillis() + " ms\n" + log());
        }
        assertThat(pids()).containsAllEntriesOf(pids);
        assertThat(succession.about().pid()).isEqualTo(host.pid());
        everyExitIsKnown();
        if (walls) {
            host.type("walled", "pass\r");
            host.readUntil("walled", "still here: pass");
        }
        host.client().ask(new HostRequest.SendSignal("flood", 0, "TERMINATE"));
        host.readUntil("flood", "\r\n");
        awaitEnd("flood", 128 + 15);
        assertThat(zombies()).isEmpty();
    }

    /// As a project's `sandbox` does.
    private boolean spawnBehindWalls() throws IOException, InterruptedException {
        String script = "echo ready; read line; echo still here: $line; sleep 1000";
        HostReply reply = host.spawn(
                "walled", "bwrap", "--dev-bind", "/", "/", "--proc", "/proc", "--unshare-pid", "sh", "-c", script);
        boolean walls = reply instanceof HostReply.Spawned;
        if (walls) {
            host.readUntil("walled", "ready");
        }
        return walls;
    }

    /// Some of them end while no program runs that could hear of it.
    private void spawnEnding(int round) throws IOException, InterruptedException {
        for (int i = 0; i < ENDING; i++) {
            host.spawn(name(round, i), "/bin/sh", "-c", "sleep 0.%02d; echo bye; exit %d".formatted(8 * i, i));
        }
    }

    private static String name(int round, int number) {
        return "end-" + round + "-" + number;
    }

    private void everyExitIsKnown() throws IOException, InterruptedException {
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < ENDING; i++) {
                awaitEnd(name(round, i), i);
                assertThat(host.readUntil(name(round, i), "bye")).isEqualTo("bye\r\n".substring(0, 5));
            }
        }
    }

    private void awaitEnd(String session, int status) throws IOException {
        try (HostReader reader =
                HostClient.read(host.folder().hostSocket(), new HostRequest.Read(session, 0, 0, true))) {
            LogItem item = reader.next().orElseThrow();
            while (!(item instanceof LogItem.Marked(long _, long _, Mark.Exited _))) {
                item = reader.next().orElseThrow();
            }
            assertThat(((LogItem.Marked) item).mark()).as(session).isEqualTo(new Mark.Exited(1, status));
        }
    }

    @Test
    void aVersionThatCannotTakeOverChangesNothing() throws ExecutionException, IOException, InterruptedException {
        host.spawn("flood", "/bin/sh", "-c", COUNT);
        Map<String, Long> pids = pids();
        try (Flood flood = new Flood(host.folder().hostSocket(), "flood")) {
            flood.awaitMore();
            assertRefused(List.of("/no/such/java"), "/no/such/java");
            assertRefused(List.of(command("-Dx=y", "").getFirst(), "-cp", "/nowhere", "no.such.Main"), "no.such.Main");
            // passes the trial and fails when it is to listen
            assertRefused(command("-Djava.nio.channels.spi.SelectorProvider=none", ""), "the old one goes on");
            flood.awaitMore();
            // passes the trial as well, and hangs there
            List<String> hanging = new ArrayList<>(
                    command("-Djava.nio.channels.spi.SelectorProvider=" + HangingChannels.class.getName(), ""));
            hanging.add(1, "-Dagentctl.takeover.patience=3000");
            assertRefused(hanging, "the old one goes on: it was not ready within 3000 ms");
            flood.awaitMore();
            flood.finish();
        }
        assertThat(pids()).isEqualTo(pids);
        assertThat(succession.about().problem()).contains("not ready");
        assertThat(succession.replace(command("-Dx=y", ""))).as(log()).isInstanceOf(Outcome.Replaced.class);
        assertThat(succession.about().problem()).isEmpty();
    }

    /// A kill at the wrong moment, say, or a machine that has no memory left for it.
    @Test
    void aVersionThatDiesLeavesTheChildrenToTheOldOne() throws ExecutionException, IOException, InterruptedException {
        host.spawn("flood", "/bin/sh", "-c", COUNT);
        host.spawn("echo", "/bin/sh", "-c", "stty raw -echo; exec cat");
        host.spawn("ending", "/bin/sh", "-c", "read line; exit 3");
        Map<String, Long> pids = pids();
        try (Flood flood = new Flood(host.folder().hostSocket(), "flood")) {
            flood.awaitMore();
            List<String> dying =
                    command("-Djava.nio.channels.spi.SelectorProvider=" + DyingChannels.class.getName(), "");
            assertRefused(dying, "the old one goes on as process ");
            flood.awaitMore();
            assertThat(pids()).isEqualTo(pids);
            host.type("echo", "still here");
            assertThat(host.readUntil("echo", "here")).isEqualTo("still here");
            assertThat(succession.replace(command("-Dx=y", ""))).as(log()).isInstanceOf(Outcome.Replaced.class);
            flood.awaitMore();
            flood.finish();
        }
        assertThat(pids()).isEqualTo(pids);
        assertThat(succession.about().pid()).isNotEqualTo(host.pid());
        assertThat(RoleLock.holder(host.folder().hostLock()))
                .isEqualTo(Long.toString(succession.about().pid()));
        host.type("ending", "now\r");
        // its parent, which alone is told, is no more
        awaitEnd("ending", ExitStatus.UNKNOWN);
        awaitNoGuard();
    }

    private void awaitNoGuard() throws IOException, InterruptedException {
        String file = host.folder().handOver("host").toString();
        ByteLogTest.awaitTrue(
                "no guard is left",
                () -> ProcessHandle.allProcesses()
                        .noneMatch(process -> process.info().arguments().stream()
                                .flatMap(Stream::of)
                                .toList()
                                .containsAll(List.of("agentctl-guard", file))));
    }

    private void assertRefused(List<String> command, String why) throws IOException {
        Outcome outcome = succession.replace(command);
        assertThat(outcome).as(log()).isInstanceOf(Outcome.Refused.class);
        assertThat(((Outcome.Refused) outcome).reason()).contains(why).doesNotContain("\n");
    }

    private List<String> command(String option, String morePath) {
        return List.of(
                Path.of(Objects.requireNonNull(System.getProperty("java.home")), "bin", "java")
                        .toString(),
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                option,
                "-cp",
                System.getProperty("java.class.path") + ":" + morePath,
                HostMain.class.getName());
    }

    private Map<String, Long> pids() throws IOException, InterruptedException {
        Map<String, Long> pids = new TreeMap<>();
        host.client().sessions().forEach(session -> pids.put(session.name(), session.pid()));
        return pids;
    }

    private List<String> zombies() throws IOException {
        List<String> zombies = new ArrayList<>();
        for (ProcessHandle child :
                ProcessHandle.of(host.pid()).orElseThrow().children().toList()) {
            try (Stream<String> status = Files.lines(Path.of("/proc/" + child.pid() + "/status"))) {
                status.filter(line -> line.startsWith("State:") && line.contains("Z"))
                        .forEach(zombies::add);
            }
        }
        return zombies;
    }

    private String log() throws IOException {
        return Files.readString(temporary.resolve("host.log"));
    }

    /// Follows lines that count up from 0, and fails at the first that does not.
    private static final class Flood implements AutoCloseable {
        private final HostReader reader;
        private final CompletableFuture<Boolean> end = new CompletableFuture<>();
        private final StringBuilder rest = new StringBuilder();
        private final AtomicLong next = new AtomicLong();
        private volatile long longestPause;
        private volatile boolean finished;

        Flood(Path socket, String session) throws IOException {
            reader = HostClient.read(socket, new HostRequest.Read(session, 0, -1, true));
            Thread.ofVirtual().start(this::read);
        }

        private void read() {
            try {
                while (!finished) {
                    long before = System.nanoTime();
                    LogItem item = reader.next().orElseThrow();
                    longestPause = Math.max(longestPause, System.nanoTime() - before);
                    take(item);
                }
                end.complete(true);
            } catch (IOException | RuntimeException | AssertionError e) {
                end.completeExceptionally(e);
            }
        }

        private void take(LogItem item) {
            assertThat(item).isNotInstanceOf(LogItem.Gap.class).isNotInstanceOf(LogItem.End.class);
            if (item instanceof LogItem.Bytes(long _, byte[] bytes)) {
                rest.append(new String(bytes, StandardCharsets.US_ASCII));
                int from = 0;
                for (int to = rest.indexOf("\r\n"); to >= 0; to = rest.indexOf("\r\n", from)) {
                    assertThat(rest.substring(from, to)).isEqualTo(Long.toString(next.get()));
                    next.incrementAndGet();
                    from = to + 2;
                }
                rest.delete(0, from);
            }
        }

        void awaitMore() throws InterruptedException, ExecutionException {
            long goal = next.get() + 5_000;
            while (next.get() < goal) {
                try {
                    end.get(20, TimeUnit.MILLISECONDS);
                } catch (TimeoutException _) {
                    // it counts on
                }
            }
        }

        void finish() throws InterruptedException, ExecutionException {
            finished = true;
            end.get();
        }

        long longestPauseMillis() {
            return TimeUnit.NANOSECONDS.toMillis(longestPause);
        }

        @Override
        public void close() {
            reader.close();
        }
    }

    /// Types numbers into a session, each when the last one is confirmed.
    private static final class Typing implements AutoCloseable {
        private final HostClient client;
        private final String session;
        private final StringBuilder typed = new StringBuilder();
        private final CompletableFuture<Boolean> end = new CompletableFuture<>();
        private volatile boolean finished;

        Typing(HostClient client, String session) {
            this.client = client;
            this.session = session;
            Thread.ofVirtual().start(this::type);
        }

        private void type() {
            try {
                for (int i = 0; !finished; i++) {
                    String word = "%07d ".formatted(i);
                    HostReply reply =
                            client.ask(new HostRequest.Input(session, 1, word.getBytes(StandardCharsets.US_ASCII)));
                    assertThat(reply).isEqualTo(new HostReply.Done());
                    typed.append(word);
                }
                end.complete(true);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                end.completeExceptionally(e);
            } catch (IOException | RuntimeException | AssertionError e) {
                end.completeExceptionally(e);
            }
        }

        String finish() throws InterruptedException, ExecutionException {
            finished = true;
            end.get();
            return typed.toString();
        }

        @Override
        public void close() {
            finished = true;
        }
    }
}

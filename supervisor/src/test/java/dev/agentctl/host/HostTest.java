package dev.agentctl.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agentctl.wire.Build;
import dev.agentctl.wire.Connection;
import dev.agentctl.wire.Greeting;
import dev.agentctl.wire.StateFolder;
import dev.agentctl.wire.SuccessionCall;
import dev.agentctl.wire.Version;
import dev.agentctl.wire.VersionMismatch;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class HostTest {
    @TempDir
    Path temporary;

    private StateFolder folder;
    private Host host;
    private HostClient client;
    private final BlockingQueue<HostReply.Ended> ends = new LinkedBlockingQueue<>();

    @BeforeEach
    void start() throws IOException, InterruptedException {
        folder = new StateFolder(temporary.resolve("state"));
        assertThat(folder.prepare()).isEmpty();
        host = Host.open(folder);
        client = HostClient.connect(folder.hostSocket(), new HostClient.Observer() {
            @Override
            public void ended(HostReply.Ended ended) {
                ends.add(ended);
            }

            @Override
            public void hostGone() {}
        });
        assertThat(client.ask(new HostRequest.Watch())).isEqualTo(new HostReply.Done());
    }

    @AfterEach
    void stop() {
        client.close();
        host.close();
    }

    @Test
    void outputAndExitArriveInOrder() throws IOException, InterruptedException {
        spawn("a", 1, "printf 'one\\ntwo'; exit 3");
        assertThat(ends.poll(20, TimeUnit.SECONDS)).isEqualTo(new HostReply.Ended("a", 1, 3));
        List<LogItem> items = readAll("a", 0);
        assertThat(text(items)).isEqualTo("one\r\ntwo");
        assertThat(marks(items)).hasSize(3).startsWith(new Mark.Resized(80, 24)).endsWith(new Mark.Exited(1, 3));
        assertThat(items.getLast()).isEqualTo(new LogItem.End(8));
    }

    @Test
    void aReaderAtAnOffsetGetsTheRest() throws IOException, InterruptedException {
        spawn("a", 1, "printf 0123456789");
        ends.poll(20, TimeUnit.SECONDS);
        assertThat(text(readAll("a", 7))).isEqualTo("789");
        assertThat(text(readAll("a", -4))).isEqualTo("6789");
    }

    @Test
    void theLogGoesOnOverChildrenAndHosts() throws IOException, InterruptedException {
        spawn("a", 1, "printf first");
        ends.poll(20, TimeUnit.SECONDS);
        client.close();
        host.close();
        start();
        spawn("a", 2, "printf second");
        ends.poll(20, TimeUnit.SECONDS);
        List<LogItem> items = readAll("a", 0);
        assertThat(text(items)).isEqualTo("firstsecond");
        assertThat(marks(items)).contains(new Mark.Exited(1, 0), new Mark.Exited(2, 0));
    }

    @Test
    void allOfALongOutputIsKept() throws IOException, InterruptedException {
        spawn("a", 1, "seq 1 200000");
        assertThat(ends.poll(30, TimeUnit.SECONDS)).isNotNull();
        String[] lines = text(readAll("a", 0)).split("\r\n", -1);
        assertThat(lines).hasSize(200_001).contains("1", "200000");
    }

    @Test
    void whoSpeaksAnotherProtocolIsToldWhatToDo() throws IOException {
        try (Connection connection = Connection.to(folder.hostSocket())) {
            assertThatThrownBy(() -> Greeting.exchange(connection, "host", HostProtocol.VERSION + 1))
                    .isInstanceOf(VersionMismatch.class)
                    .hasMessageEndingWith("they do not understand each other; run: agentctl upgrade");
        }
        SuccessionCall.About about = new SuccessionCall(folder.hostSocket(), "host").about();
        assertThat(about)
                .isEqualTo(new SuccessionCall.About(ProcessHandle.current().pid(), Version.text(), Build.own(), ""));
    }

    @Test
    void inputReachesTheChildAndIsConfirmed() throws IOException, InterruptedException {
        spawn("a", 1, "read line; echo got:$line; exit 0");
        HostReply reply = client.ask(new HostRequest.Input("a", 1, "hello\r".getBytes(StandardCharsets.UTF_8)));
        assertThat(reply).isEqualTo(new HostReply.Done());
        ends.poll(20, TimeUnit.SECONDS);
        assertThat(text(readAll("a", 0))).contains("got:hello");
    }

    @Test
    void inputForAnotherGenerationIsRefused() throws IOException, InterruptedException {
        spawn("a", 1, "sleep 30");
        assertThat(client.ask(new HostRequest.Input("a", 2, new byte[] {'x'}))).isInstanceOf(HostReply.Refused.class);
        assertThat(client.ask(new HostRequest.SendSignal("a", 1, "KILL"))).isEqualTo(new HostReply.Done());
        assertThat(ends.poll(20, TimeUnit.SECONDS)).isEqualTo(new HostReply.Ended("a", 1, 137));
    }

    @Test
    void aSecondChildIsRefusedWhileTheFirstLives() throws IOException, InterruptedException {
        spawn("a", 1, "sleep 30");
        assertThat(request("a", 2, List.of("/bin/true"))).isInstanceOf(HostReply.Refused.class);
        client.ask(new HostRequest.SendSignal("a", 1, "KILL"));
        ends.poll(20, TimeUnit.SECONDS);
    }

    @Test
    void theEndIsSeenThoughAGrandchildHoldsTheTerminal() throws IOException, InterruptedException {
        spawn("a", 1, "setsid sleep 30 & echo $!; exit 5");
        assertThat(ends.poll(20, TimeUnit.SECONDS)).isEqualTo(new HostReply.Ended("a", 1, 5));
        long grandchild = Long.parseLong(text(readAll("a", 0)).strip());
        ProcessHandle.of(grandchild).ifPresent(ProcessHandle::destroyForcibly);
    }

    @Test
    void missingProgramsAndFoldersAreRefusedForGood() throws IOException, InterruptedException {
        assertThat(request("a", 1, List.of("no-such-program-here")))
                .isEqualTo(new HostReply.Refused(
                        "no program 'no-such-program-here' on PATH; install it or set the project's executable", true));
        assertThat(client.ask(new HostRequest.Spawn("a", 1, List.of("/bin/true"), "/no/such", Map.of(), 80, 24)))
                .isEqualTo(
                        new HostReply.Refused("no folder /no/such; create it or mend the project's directory", true));
    }

    @Test
    void aFollowerSeesWhatComesLater() throws IOException, InterruptedException {
        spawn("a", 1, "read line; printf after");
        try (HostReader reader = HostClient.read(folder.hostSocket(), new HostRequest.Read("a", 0, -1, true))) {
            client.ask(new HostRequest.Input("a", 0, "go\r".getBytes(StandardCharsets.UTF_8)));
            ByteArrayOutputStream seen = new ByteArrayOutputStream();
            while (!seen.toString(StandardCharsets.UTF_8).contains("after")) {
                Optional<LogItem> item = reader.next();
                assertThat(item).isPresent();
                collect(item.get(), seen);
            }
        }
    }

    /// Nothing is ever written to it again, so that no failing write tells.
    @Test
    void whoFollowsASilentLogAndGoesAwayLeavesNothingBehind() throws IOException, InterruptedException {
        spawn("a", 1, "sleep 60");
        long before = clients();
        for (int i = 0; i < 5; i++) {
            HostReader reader = HostClient.read(folder.hostSocket(), new HostRequest.Read("a", 0, -1, true));
            assertThat(reader.next()).isPresent();
            reader.close();
        }
        ByteLogTest.awaitTrue("nobody serves those who have gone", () -> clients() <= before);
        client.ask(new HostRequest.SendSignal("a", 1, "KILL"));
    }

    /// Threads of a host in this process that serve somebody.
    private static long clients() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("client "))
                .count();
    }

    private void spawn(String session, long generation, String script) throws IOException, InterruptedException {
        assertThat(request(session, generation, List.of("/bin/sh", "-c", script)))
                .isInstanceOf(HostReply.Spawned.class);
    }

    private HostReply request(String session, long generation, List<String> argv)
            throws IOException, InterruptedException {
        return client.ask(new HostRequest.Spawn(
                session, generation, argv, temporary.toString(), Map.of("PATH", "/usr/bin:/bin"), 80, 24));
    }

    private List<LogItem> readAll(String session, long from) throws IOException {
        List<LogItem> items = new ArrayList<>();
        try (HostReader reader = HostClient.read(folder.hostSocket(), new HostRequest.Read(session, from, -1, false))) {
            do {
                items.add(reader.next().orElseThrow());
            } while (!(items.getLast() instanceof LogItem.End));
        }
        return items;
    }

    private static void collect(LogItem item, ByteArrayOutputStream into) {
        if (item instanceof LogItem.Bytes bytes) {
            into.writeBytes(bytes.bytes());
        }
    }

    private static String text(List<LogItem> items) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        items.forEach(item -> collect(item, bytes));
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static List<Mark> marks(List<LogItem> items) {
        return items.stream()
                .filter(LogItem.Marked.class::isInstance)
                .map(item -> ((LogItem.Marked) item).mark())
                .toList();
    }
}

package dev.agentctl.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentctl.wire.HostilePeer;
import dev.agentctl.wire.StateFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/// Sessions that print without end beside one that a person types into. The system property `agentctl.flood.lines` sets
/// how many long lines there are, 1,000 by default; with `agentctl.flood.latency=true` it is measured how long an echo
/// takes, which on a machine that has other work to do says little.
@Timeout(600)
class FloodTest {
    private static final int LINES = Integer.getInteger("agentctl.flood.lines", 1_000);
    private static final int LINE = 10_240;
    /// One line.
    private static final int WITHOUT_END = 100_000_000;

    private static final LogLimits SMALL = new LogLimits(
            64 << 10,
            1L << 20,
            256 << 10,
            2L << 20,
            1L << 30,
            Duration.ofDays(1),
            Duration.ofDays(30),
            Duration.ofSeconds(10));

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
        host = Host.open(folder, new HostOptions(SMALL, InstantSource.system(), Duration.ofSeconds(30)));
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
    void stop() throws IOException, InterruptedException {
        for (HostedSession session : client.sessions()) {
            if (session.alive()) {
                client.ask(new HostRequest.SendSignal(session.name(), 1, "KILL"));
            }
        }
        client.close();
        host.close();
    }

    private void spawn(String session, String script) throws IOException, InterruptedException {
        assertThat(client.ask(new HostRequest.Spawn(
                        session, 1, List.of("/bin/sh", "-c", script), "/", Map.of("PATH", "/usr/bin:/bin"), 80, 24)))
                .isInstanceOf(HostReply.Spawned.class);
    }

    /// Types words and waits for the answer to each.
    private void talk(int words) throws IOException, InterruptedException {
        HostRequest.Read all = new HostRequest.Read("echo", 0, -1, true);
        try (HostReader reader = HostClient.read(folder.hostSocket(), all)) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < words; i++) {
                byte[] word = ("word" + i + "\r").getBytes(StandardCharsets.UTF_8);
                assertThat(client.ask(new HostRequest.Input("echo", 1, word))).isEqualTo(new HostReply.Done());
                while (!text.toString().contains("got:word" + i)) {
                    if (reader.next().orElseThrow() instanceof LogItem.Bytes(long _, byte[] bytes)) {
                        text.append(new String(bytes, StandardCharsets.UTF_8));
                    }
                }
            }
        }
    }

    @Test
    void floodsAndAClientThatStopsReadingHoldUpNobodyAndEveryGapIsCounted() throws IOException, InterruptedException {
        long memory = memory();
        spawn("echo", "stty -echo; while read line; do echo got:$line; done");
        spawn("yes", "yes");
        spawn("line", "head -c " + WITHOUT_END + " /dev/zero | tr '\\0' x");
        try (HostilePeer peer = new HostilePeer(folder.hostSocket(), HostProtocol.VERSION)) {
            var stopped = peer.greeted();
            HostilePeer.send(stopped, HostProtocol.encode(1, new HostRequest.Read("long", 0, -1, true)));
            spawn(
                    "long",
                    "line=$(head -c " + LINE + " /dev/zero | tr '\\0' x); i=0; while [ $i -lt " + LINES
                            + " ]; do echo $line; i=$((i+1)); done");
            talk(50);
            List<HostReply.Ended> ended = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                ended.add(Objects.requireNonNull(ends.poll(300, TimeUnit.SECONDS)));
            }
            assertThat(ended)
                    .as("whoever prints never waits for a reader")
                    .containsExactlyInAnyOrder(new HostReply.Ended("long", 1, 0), new HostReply.Ended("line", 1, 0));
        }
        talk(5);
        assertThat(memory() - memory).as("bytes more").isLessThan(WITHOUT_END / 10);
        verifyAllIsAccountedFor("long", (long) LINES * (LINE + 2));
        verifyAllIsAccountedFor("line", WITHOUT_END);
    }

    /// What objects take that are still in use.
    private static long memory() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private void verifyAllIsAccountedFor(String name, long bytes) throws IOException, InterruptedException {
        HostedSession printed = client.sessions().stream()
                .filter(session -> session.name().equals(name))
                .findFirst()
                .orElseThrow();
        assertThat(printed.end()).isEqualTo(bytes);
        assertThat(printed.lostBytes()).as("left out by a limit, not lost").isZero();
        assertThat(accountedFor(name)).isEqualTo(printed.end());
    }

    /// In alternation, so that what else the machine does is in both.
    @Test
    @EnabledIfSystemProperty(named = "agentctl.flood.latency", matches = "true")
    void aFloodDoesNotDoubleTheEchoOfAnotherSession() throws IOException, InterruptedException {
        spawn("echo", "stty -echo; echo ready; while read line; do echo got:$line; done");
        spawn("yes", "exec yes");
        List<Long> quiet = new ArrayList<>();
        List<Long> flooded = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            client.ask(new HostRequest.SendSignal("yes", 1, "STOP"));
            quiet.addAll(echoes(100));
            client.ask(new HostRequest.SendSignal("yes", 1, "CONTINUE"));
            flooded.addAll(echoes(100));
        }
        System.out.println("echo beside nobody: " + median(quiet) / 1_000 + " us, beside `yes`: "
                + median(flooded) / 1_000 + " us (medians of " + quiet.size() + ")");
        assertThat(median(flooded)).isLessThan(2 * median(quiet));
    }

    private static long median(List<Long> all) {
        return all.stream().sorted().skip(all.size() / 2).findFirst().orElseThrow();
    }

    /// From a line that is typed to the end of what its program says to it, in nanoseconds.
    private List<Long> echoes(int count) throws IOException, InterruptedException {
        List<Long> all = new ArrayList<>();
        HostRequest.Read fromNow = new HostRequest.Read("echo", -1, Long.MAX_VALUE, true);
        try (HostReader reader = HostClient.read(folder.hostSocket(), fromNow)) {
            // it reads from before the first word
            assertThat(reader.next()).isPresent();
            for (int i = 0; i < count; i++) {
                String word = "w" + i + ".";
                long typed = System.nanoTime();
                client.ask(new HostRequest.Input("echo", 1, (word + "\r").getBytes(StandardCharsets.UTF_8)));
                StringBuilder text = new StringBuilder();
                while (!text.toString().contains("got:" + word)) {
                    if (reader.next().orElseThrow() instanceof LogItem.Bytes(long _, byte[] bytes)) {
                        text.append(new String(bytes, StandardCharsets.UTF_8));
                    }
                }
                all.add(System.nanoTime() - typed);
            }
        }
        return all;
    }

    /// The bytes and the gaps that a reader from the beginning is given.
    private long accountedFor(String session) throws IOException {
        long counted = 0;
        boolean gap = false;
        try (HostReader reader = HostClient.read(folder.hostSocket(), new HostRequest.Read(session, 0, -1, false))) {
            for (LogItem item = reader.next().orElseThrow();
                    ;
                    item = reader.next().orElseThrow()) {
                switch (item) {
                    case LogItem.Bytes bytes -> counted += bytes.bytes().length;
                    case LogItem.Gap(long from, long to) -> {
                        gap = true;
                        counted += to - from;
                    }
                    case LogItem.Marked _ -> {}
                    case LogItem.End _ -> {
                        assertThat(gap).as("the oldest is a gap").isTrue();
                        return counted;
                    }
                }
            }
        }
    }
}

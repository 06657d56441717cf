package dev.agentctl.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentctl.host.Host;
import dev.agentctl.host.HostLink;
import dev.agentctl.host.HostReader;
import dev.agentctl.host.HostReply;
import dev.agentctl.host.HostRequest;
import dev.agentctl.host.HostedSession;
import dev.agentctl.host.LogItem;
import dev.agentctl.wire.StateFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// A real host with one real child in raw mode, which keeps every byte that is typed into it and gives it back in its
/// output: so a test can wait for it.
final class RecordingChild implements AutoCloseable {
    static final String SESSION = "a";
    static final long GENERATION = 1;

    private final Host host;
    private final HostLink link;
    private final BlockingQueue<HostReply.Ended> ends = new LinkedBlockingQueue<>();
    private final HostReader output;
    private final StringBuilder seen = new StringBuilder();

    RecordingChild(Path folder) throws IOException, InterruptedException {
        StateFolder state = new StateFolder(folder.resolve("state"));
        assertThat(state.prepare()).isEmpty();
        host = Host.open(state);
        link = new HostLink(state.hostSocket(), () -> {
            throw new IOException("the test has started it");
        });
        link.open(new HostLink.Watcher() {
            @Override
            public void connected(List<HostedSession> sessions) {}

            @Override
            public void ended(HostReply.Ended ended) {
                ends.add(ended);
            }

            @Override
            public void lost() {}
        });
        HostRequest.Spawn spawn = new HostRequest.Spawn(
                SESSION,
                GENERATION,
                List.of("/bin/sh", "-c", "stty raw -echo; printf ready; exec cat"),
                folder.toString(),
                Map.of("PATH", "/usr/bin:/bin"),
                80,
                24);
        assertThat(link.send(spawn).join()).isInstanceOf(HostReply.Spawned.class);
        output = link.read(new HostRequest.Read(SESSION, 0, -1, true));
        await("ready");
        seen.setLength(0);
    }

    HostLink link() {
        return link;
    }

    /// Waits until this was typed, and gives all that was typed so far.
    String await(String text) throws IOException {
        while (seen.indexOf(text) < 0) {
            var _ = awaitMore();
        }
        return seen.toString();
    }

    /// Waits for more, and gives all that was typed so far.
    String awaitMore() throws IOException {
        int before = seen.length();
        while (seen.length() == before) {
            Optional<LogItem> item = output.next();
            assertThat(item).as("still open, so far: %s", seen).isPresent();
            if (item.get() instanceof LogItem.Bytes bytes) {
                seen.append(new String(bytes.bytes(), StandardCharsets.UTF_8));
            }
        }
        return seen.toString();
    }

    /// All that was typed into it, once this marker, typed by the test itself, has come through.
    String typed() throws IOException {
        String marker = "<end>";
        link.send(new HostRequest.Input(SESSION, 0, marker.getBytes(StandardCharsets.UTF_8)))
                .join();
        String all = await(marker);
        seen.setLength(0);
        return all.substring(0, all.indexOf(marker));
    }

    void kill() throws InterruptedException {
        link.send(new HostRequest.SendSignal(SESSION, GENERATION, "KILL")).join();
        assertThat(ends.poll(20, TimeUnit.SECONDS)).isNotNull();
    }

    @Override
    public void close() {
        var _ = link.send(new HostRequest.SendSignal(SESSION, 0, "KILL"));
        output.close();
        link.close();
        host.close();
    }
}

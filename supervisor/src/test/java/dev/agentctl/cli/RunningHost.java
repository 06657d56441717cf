package dev.agentctl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentctl.host.Host;
import dev.agentctl.host.HostClient;
import dev.agentctl.host.HostReply;
import dev.agentctl.host.HostRequest;
import dev.agentctl.wire.StateFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// The real host in the test's own process, and what a test does with it.
final class RunningHost implements AutoCloseable {
    private final StateFolder folder;
    private final Host host;
    private final HostClient client;
    private final BlockingQueue<HostReply.Ended> ends = new LinkedBlockingQueue<>();
    private final BlockingQueue<HostReply.PersonTyped> typed = new LinkedBlockingQueue<>();
    private long generation;

    RunningHost(StateFolder folder) throws IOException, InterruptedException {
        this.folder = folder;
        host = Host.open(folder);
        client = HostClient.connect(folder.hostSocket(), new HostClient.Observer() {
            @Override
            public void ended(HostReply.Ended ended) {
                ends.add(ended);
            }

            @Override
            public void personTyped(HostReply.PersonTyped told) {
                typed.add(told);
            }

            @Override
            public void hostGone() {}
        });
        client.ask(new HostRequest.Watch());
    }

    /// Starts a shell script as the session's child.
    void spawn(String session, String script) throws IOException, InterruptedException {
        generation++;
        HostReply reply = client.ask(new HostRequest.Spawn(
                session,
                generation,
                List.of("/bin/sh", "-c", script),
                folder.path().toString(),
                Map.of("PATH", "/usr/bin:/bin"),
                80,
                24));
        assertThat(reply).isInstanceOf(HostReply.Spawned.class);
    }

    /// Types into the session's terminal and waits until it is there.
    void type(String session, String text) throws IOException, InterruptedException {
        HostReply reply = client.ask(new HostRequest.Input(session, 0, text.getBytes(StandardCharsets.UTF_8)));
        assertThat(reply).isEqualTo(new HostReply.Done());
    }

    void awaitSize(String session, int columns, int rows) throws IOException, InterruptedException {
        while (client.sessions().stream()
                .noneMatch(each -> each.name().equals(session) && each.columns() == columns && each.rows() == rows)) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    void awaitEnd() throws InterruptedException {
        assertThat(ends.poll(30, TimeUnit.SECONDS)).isNotNull();
    }

    HostReply.PersonTyped awaitPersonTyped() throws InterruptedException {
        return Objects.requireNonNull(typed.poll(30, TimeUnit.SECONDS), "nobody typed");
    }

    HostClient client() {
        return client;
    }

    @Override
    public void close() {
        try {
            for (var session : client.sessions()) {
                if (session.alive()) {
                    client.ask(new HostRequest.SendSignal(session.name(), 0, "KILL"));
                }
            }
        } catch (IOException _) {
            // the test has ended it already
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        client.close();
        host.close();
    }
}

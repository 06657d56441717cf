package dev.agentctl.host;

import dev.agentctl.wire.StateFolder;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// Children that end at once, one after the other, at a host of its own in this process: see
/// [dev.agentctl.wire.Rehearsal].
final class DressRehearsal {
    /// What runs 200 times is compiled (Tier3InvocationThreshold), so also what each runs once.
    private static final int CHILDREN = 220;

    private static final int PATIENCE_SECONDS = 5;
    private static final String SESSION = "rehearsal";

    private DressRehearsal() {}

    /// @throws IOException if one is not started
    static void play(StateFolder scratch, Duration breath) throws IOException, InterruptedException {
        LinkedBlockingQueue<HostReply.Ended> ends = new LinkedBlockingQueue<>();
        HostClient.Observer watcher = new HostClient.Observer() {
            @Override
            public void ended(HostReply.Ended ended) {
                ends.add(ended);
            }

            @Override
            public void hostGone() {}
        };
        try (Host _ = Host.open(scratch);
                HostClient client = HostClient.connect(scratch.hostSocket(), watcher)) {
            client.ask(new HostRequest.Watch());
            for (int generation = 1; generation <= CHILDREN; generation++) {
                HostReply reply = client.ask(child(generation));
                if (!(reply instanceof HostReply.Spawned) || ends.poll(PATIENCE_SECONDS, TimeUnit.SECONDS) == null) {
                    throw new IOException("child " + generation + ": " + reply);
                }
                Thread.sleep(breath);
            }
        }
    }

    private static HostRequest.Spawn child(int generation) {
        return new HostRequest.Spawn(
                SESSION, generation, List.of("/bin/true"), "/", Map.of("PATH", "/usr/bin:/bin"), 80, 24);
    }
}

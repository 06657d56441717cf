package dev.agentctl.wire;

import java.time.Duration;

/// The threads that carry this process's virtual threads. One that has had nothing to do for half a minute ends, and
/// what happens next, such as the end of a child, waits for up to four new ones in host and supervisor.
public final class Carriers {
    /// Java's scheduler ends them after 30 seconds, and counts from when the last of them came to rest.
    private static final Duration BEAT = Duration.ofSeconds(20);

    private Carriers() {}

    /// Keeps those that there are, for as long as the process runs.
    public static void keep() {
        Thread.ofVirtual().name("carriers").start(Carriers::beat);
    }

    private static void beat() {
        try {
            while (true) {
                Thread.sleep(BEAT);
            }
        } catch (InterruptedException _) {
            // nobody does
        }
    }
}

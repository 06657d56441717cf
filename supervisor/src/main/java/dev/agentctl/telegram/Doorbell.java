package dev.agentctl.telegram;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Wakes a worker. Rings while it works are kept as one. Any thread may ring, one waits.
final class Doorbell {
    private final Semaphore rings = new Semaphore(0);

    void ring() {
        rings.release();
    }

    /// Waits for a ring since the last call, at most so long.
    void await(Duration atMost) throws InterruptedException {
        if (rings.tryAcquire(Math.max(1, atMost.toMillis()), TimeUnit.MILLISECONDS)) {
            rings.drainPermits();
        }
    }
}

package dev.agentctl.bench;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/// The clock that all processes share, and waits.
final class Clock {
    private Clock() {}

    /// Microseconds of the real-time clock, as bash's EPOCHREALTIME counts them.
    static long micros() {
        Instant now = Instant.now();
        return now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000;
    }

    static double millisBetween(long earlier, long later) {
        return (later - earlier) / 1e3;
    }

    /// Lets time pass, where the time itself is what is wanted.
    static void pass(Duration time) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(time.toMillis());
    }

    /// Something that can be looked at again and again.
    @FunctionalInterface
    interface Condition {
        boolean holds() throws IOException, InterruptedException;
    }

    /// Looks every 2 ms until it holds.
    ///
    /// @throws IOException if it does not within a minute
    static void await(String what, Condition condition) throws IOException, InterruptedException {
        await(what, Duration.ofMinutes(1), Duration.ofMillis(2), condition);
    }

    /// The same for what takes longer, or is dear to look at.
    static void await(String what, Duration most, Duration between, Condition condition)
            throws IOException, InterruptedException {
        long deadline = System.nanoTime() + most.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() - deadline > 0) {
                throw new IOException("not within " + most.toSeconds() + " s: " + what);
            }
            pass(between);
        }
    }
}

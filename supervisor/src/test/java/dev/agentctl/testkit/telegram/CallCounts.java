package dev.agentctl.testkit.telegram;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/// How often each method was called. Any thread may call.
final class CallCounts {
    @GuardedBy("this")
    private final Map<String, Integer> counts = new HashMap<>();

    @GuardedBy("this")
    private int all;

    synchronized void add(String method) {
        counts.merge(method.toLowerCase(Locale.ROOT), 1, Integer::sum);
        all++;
        notifyAll();
    }

    synchronized int of(String method) {
        return counts.getOrDefault(method.toLowerCase(Locale.ROOT), 0);
    }

    synchronized int all() {
        return all;
    }

    /// Waits until so many calls were made in all, or the time is over.
    synchronized void awaitAll(int count, Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        long left = atMost.toMillis();
        while (all < count && left > 0) {
            wait(left);
            left = (end - System.nanoTime()) / 1_000_000;
        }
    }

    /// Waits until the method was called so often.
    synchronized void await(String method, int count, Duration atMost) {
        long end = System.nanoTime() + atMost.toNanos();
        while (of(method) < count) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new AssertionError(method + " was called " + of(method) + " times within " + atMost);
            }
            try {
                wait(left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted while waiting for " + method, e);
            }
        }
    }
}

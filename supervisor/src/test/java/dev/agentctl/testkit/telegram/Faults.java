package dev.agentctl.testkit.telegram;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/// What goes wrong next. Any thread may call.
public final class Faults {
    @GuardedBy("this")
    private final Map<String, Deque<Fault>> coming = new HashMap<>();

    /// What a call suffers.
    public sealed interface Fault {
        /// Nothing.
        record None() implements Fault {}

        /// A proxy answers with an HTML page, and the server never sees the call.
        record BadGateway() implements Fault {}

        /// The server answers with this error and does nothing.
        record Refusal(int code, String description, int retryAfterSeconds) implements Fault {}

        /// The server does what it is asked, but its answer never arrives.
        record CutAfterBody() implements Fault {}

        /// The connection stays open and nothing ever comes, as behind a router that has forgotten it.
        record Silence() implements Fault {}

        /// The server takes its time, then does what it is asked.
        record Slow(Duration time) implements Fault {}

        /// The server takes nothing of the request until then, as a line that is almost dead, then does what it is
        /// asked.
        record Held(CountDownLatch until) implements Fault {}

        /// The connection ends before the server does anything.
        record CutBeforeWork() implements Fault {}
    }

    /// The next calls of the method suffer this, after those already told.
    public synchronized void next(String method, int calls, Fault fault) {
        Deque<Fault> queue = coming.computeIfAbsent(method.toLowerCase(Locale.ROOT), _ -> new ArrayDeque<>());
        for (int i = 0; i < calls; i++) {
            queue.add(fault);
        }
    }

    /// How many calls of the method are still going to fail.
    public synchronized int left(String method) {
        return coming.getOrDefault(method.toLowerCase(Locale.ROOT), new ArrayDeque<>())
                .size();
    }

    synchronized Fault take(String method) {
        Fault fault = coming.getOrDefault(method.toLowerCase(Locale.ROOT), new ArrayDeque<>())
                .poll();
        return fault == null ? new Fault.None() : fault;
    }
}

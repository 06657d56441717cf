package dev.agentctl.testkit.telegram;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/// How much a bot may send: in a private chat one message a second with short bursts, in a group 20 a minute. Who
/// sends on inside the time that it was told to wait has to wait longer. Any thread may call.
final class FloodRules {
    private static final Duration GROUP_WINDOW = Duration.ofSeconds(60);
    private static final int GROUP_MOST = 20;
    private static final Duration PRIVATE_WINDOW = Duration.ofSeconds(4);
    private static final int PRIVATE_MOST = 7;
    private static final Duration PENALTY = Duration.ofSeconds(3);

    @GuardedBy("this")
    private final Map<Long, Deque<Long>> sent = new HashMap<>();

    @GuardedBy("this")
    private final Map<Long, Long> closedUntil = new HashMap<>();

    @GuardedBy("this")
    private boolean enforced;

    @GuardedBy("this")
    private int refused;

    synchronized void enforce(boolean on) {
        enforced = on;
    }

    /// How often it has refused.
    synchronized int refused() {
        return refused;
    }

    synchronized void check(long chatId) throws ApiError {
        long now = System.nanoTime();
        Long until = closedUntil.get(chatId);
        if (until != null && now < until) {
            refuse(chatId, Duration.ofNanos(until - now).plus(PENALTY));
        }
        Duration window = chatId < 0 ? GROUP_WINDOW : PRIVATE_WINDOW;
        Deque<Long> times = sent.computeIfAbsent(chatId, _ -> new ArrayDeque<>());
        times.removeIf(time -> time < now - window.toNanos());
        if (enforced && times.size() >= (chatId < 0 ? GROUP_MOST : PRIVATE_MOST)) {
            refuse(chatId, Duration.ofNanos(times.getFirst() + window.toNanos() - now));
        }
        times.add(now);
    }

    /// Closes a chat for a time, as after a flood.
    synchronized void close(long chatId, Duration time) {
        closedUntil.put(chatId, System.nanoTime() + time.toNanos());
    }

    private synchronized void refuse(long chatId, Duration wait) throws ApiError {
        refused++;
        ApiError error = ApiError.tooMany(wait);
        close(chatId, error.retryAfter().orElse(wait));
        throw error;
    }
}

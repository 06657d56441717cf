package dev.agentctl.telegram;

import dev.agentctl.store.Waiting.Urgency;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// How much may be sent when: one allowance per chat, all its topics together, and one over all. A third of each is
/// kept for questions and final answers, and receipts only go where nothing else is short. For one thread, but for
/// [#hold].
final class SendBudget {
    private static final double PRIVATE_BURST = 3;
    private static final double GROUP_BURST = 2;
    private static final double BURST = 8;
    private static final double KEPT_FOR_URGENT = 1.0 / 3;
    private static final int MOST_ROOMS = 1_000;

    private final Pace pace;
    private final Allowance all;
    private final Map<String, Allowance> rooms = new HashMap<>();
    private final Map<String, Instant> held = new ConcurrentHashMap<>();

    SendBudget(Pace pace, Instant now) {
        this.pace = pace;
        all = new Allowance(BURST, pace.perSecond(), now);
    }

    /// When something so urgent may be sent to the room.
    Instant readyAt(String room, Urgency urgency, Instant now) {
        Instant here = room(room, now).readyAt(urgency, now);
        Instant anywhere = all.readyAt(urgency, now);
        return later(later(here, anywhere), held.getOrDefault(room, now));
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    /// Nothing goes to the room before then, whatever becomes of the message that the server said so about: whoever
    /// sends on inside that time has to wait longer. Any thread may call.
    void hold(String room, Instant until) {
        held.merge(room, until, SendBudget::later);
    }

    /// Something is sent to the room now.
    void take(String room, Instant now) {
        room(room, now).take(now);
        all.take(now);
    }

    private Allowance room(String room, Instant now) {
        if (rooms.size() > MOST_ROOMS) {
            rooms.values().removeIf(allowance -> allowance.isFull(now));
        }
        boolean group = room.startsWith("-");
        return rooms.computeIfAbsent(
                room,
                _ -> group
                        ? new Allowance(GROUP_BURST, pace.groupPerSecond(), now)
                        : new Allowance(PRIVATE_BURST, pace.privatePerSecond(), now));
    }

    /// A bucket of tokens that fills at a steady rate.
    private static final class Allowance {
        private final double most;
        private final double perSecond;
        private double tokens;
        private Instant at;

        Allowance(double most, double perSecond, Instant now) {
            this.most = most;
            this.perSecond = perSecond;
            tokens = most;
            at = now;
        }

        Instant readyAt(Urgency urgency, Instant now) {
            fill(now);
            double missing = needed(urgency) - tokens;
            return missing <= 1e-9 ? now : now.plus(Duration.ofNanos((long) Math.ceil(missing / perSecond * 1e9)));
        }

        void take(Instant now) {
            fill(now);
            tokens -= 1;
        }

        boolean isFull(Instant now) {
            fill(now);
            return tokens >= most;
        }

        private double needed(Urgency urgency) {
            return switch (urgency) {
                case QUESTION, FINAL -> 1;
                case REPLY, STATUS -> 1 + (most - 1) * KEPT_FOR_URGENT;
                case RECEIPT -> most;
            };
        }

        private void fill(Instant now) {
            double seconds = Math.max(0, Duration.between(at, now).toNanos() / 1e9);
            tokens = Math.min(most, tokens + seconds * perSecond);
            at = now;
        }
    }
}

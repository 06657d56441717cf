package dev.agentctl.telegram;

import dev.agentctl.store.Waiting;
import dev.agentctl.store.Waiting.Urgency;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the sender does next.
sealed interface NextSend {
    /// Send this now.
    record Now(Waiting row) implements NextSend {}

    /// Leave this out: it is news that would take a message from what rings behind it.
    record Overtaken(Waiting row) implements NextSend {}

    /// Nothing may be sent before then.
    record Later(Instant at) implements NextSend {}

    /// There is nothing to send.
    record Nothing() implements NextSend {}

    /// Picks the most urgent row that may be sent. A row that was told to wait holds its whole room: the server's
    /// floods, its blocks and the network know rooms, not sessions. Large files go one at a time.
    ///
    /// @param heads what [dev.agentctl.store.Outbox#waiting] gave, the most urgent first
    static NextSend choose(List<Waiting> heads, SendBudget budget, Instant now) {
        Map<String, Instant> held = held(heads, now);
        boolean uploading = heads.stream().anyMatch(row -> row.isUpload() && isUnderWay(row, now));
        Optional<Instant> earliest = Optional.empty();
        for (Waiting row : heads) {
            if (isUnderWay(row, now) || (row.isUpload() && uploading)) {
                continue;
            }
            if (row.isOvertaken()
                    && budget.readyAt(row.room(), Urgency.STATUS, now).isAfter(now)) {
                return new Overtaken(row);
            }
            Instant ready = budget.readyAt(row.room(), row.urgency(), now);
            Instant heldUntil = held.getOrDefault(row.room(), now);
            Instant at = heldUntil.isAfter(ready) ? heldUntil : ready;
            if (!at.isAfter(now)) {
                return new Now(row);
            }
            earliest = Optional.of(earliest.filter(other -> other.isBefore(at)).orElse(at));
        }
        return earliest.isPresent() ? new Later(earliest.get()) : new Nothing();
    }

    private static Map<String, Instant> held(List<Waiting> heads, Instant now) {
        Map<String, Instant> held = new HashMap<>();
        for (Waiting row : heads) {
            if (!isUnderWay(row, now)) {
                held.merge(row.room(), row.notBefore(), (one, other) -> one.isAfter(other) ? one : other);
            }
        }
        return held;
    }

    private static boolean isUnderWay(Waiting row, Instant now) {
        return row.notBefore().isAfter(now.plus(Duration.ofDays(365)));
    }
}

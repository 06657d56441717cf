package dev.agentctl.daemon;

import dev.agentctl.control.MessageReport;
import dev.agentctl.session.Delivery;
import dev.agentctl.session.Sessions;
import java.time.Instant;
import java.util.List;

/// What came of messages, in the command line's words.
final class Deliveries {
    /// Of those that wait, and of those that wait no longer.
    private static final int MOST = 5;

    private static final int LONGEST_TEXT = 200;

    private Deliveries() {}

    static List<MessageReport> of(Sessions sessions, String session, Instant now) {
        return sessions.deliveries(session, MOST).stream()
                .map(delivery -> report(delivery, now))
                .toList();
    }

    static MessageReport report(Delivery delivery, Instant now) {
        return new MessageReport(
                delivery.message().beginning(LONGEST_TEXT),
                delivery.message().stage().word(),
                delivery.storedAt().toEpochMilli(),
                delivery.typedAt().map(Instant::toEpochMilli).orElse(0L),
                delivery.since().toEpochMilli(),
                delivery.evidence(),
                delivery.words(now));
    }
}

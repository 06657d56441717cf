package dev.agentctl.store;

import dev.agentctl.chat.Outgoing.Kind;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What is known of an undelivered row of the [Outbox] before its delivery begins.
///
/// @param room the chat's room that it goes to
/// @param session the session that it speaks of
/// @param own its own urgency
/// @param urgency of the most urgent row that waits behind it, or its own
/// @param isUpload whether it is a large file, which nothing else waits for
/// @param notBefore when it may be tried again; the far future while its delivery is under way
public record Waiting(
        long id,
        String room,
        Optional<String> session,
        Urgency own,
        Urgency urgency,
        boolean isUpload,
        Instant notBefore) {

    /// Whether it is mere news that something rings behind: better left out than in its way.
    public boolean isOvertaken() {
        return own == Urgency.STATUS && urgency.compareTo(Urgency.FINAL) <= 0;
    }

    /// What goes first where not everything can go at once.
    public enum Urgency {
        QUESTION,
        FINAL,
        REPLY,
        STATUS,
        /// A mark on the operator's own message; costs as much as a message and says least.
        RECEIPT;

        static Urgency of(String kind) {
            return switch (kind) {
                case "DOCUMENT", OutboxRow.UPLOAD -> REPLY;
                case "RECEIPT" -> RECEIPT;
                case OutboxRow.LIVE -> STATUS;
                // a card that still offers what is settled misleads
                case OutboxRow.CHANGE -> FINAL;
                case String text ->
                    switch (Kind.valueOf(text)) {
                        case QUESTION -> QUESTION;
                        case FINAL -> FINAL;
                        case REPLY -> REPLY;
                        case STATUS -> STATUS;
                    };
            };
        }
    }

    /// Those that may go next, the most urgent first.
    ///
    /// The rows of one session stay in their order within a room, so only the first of each may go; it inherits the
    /// urgency of what waits behind it, so that other sessions' news does not hold up a question. Receipts wait for
    /// nothing, and large files only for each other: words overtake them.
    ///
    /// @param undelivered every undelivered row of a chat by id
    static List<Waiting> heads(List<Waiting> undelivered) {
        Map<List<String>, Waiting> heads = new HashMap<>();
        List<Waiting> result = new ArrayList<>();
        for (Waiting row : undelivered) {
            if (row.urgency() == Urgency.RECEIPT) {
                result.add(row);
            } else {
                heads.merge(
                        List.of(row.room(), row.session().orElse(""), row.isUpload() ? "upload" : ""),
                        row,
                        (first, later) -> later.urgency().compareTo(first.urgency()) < 0
                                ? first.withUrgency(later.urgency())
                                : first);
            }
        }
        result.addAll(heads.values());
        result.sort(Comparator.comparing(Waiting::urgency).thenComparingLong(Waiting::id));
        return result;
    }

    static Waiting read(Sql.Row row) throws SQLException {
        Urgency own = Urgency.of(row.text("kind"));
        return new Waiting(
                row.number("id"),
                row.text("room"),
                row.textOrNone("session"),
                own,
                own,
                row.text("kind").equals(OutboxRow.UPLOAD),
                row.time("not_before"));
    }

    private Waiting withUrgency(Urgency inherited) {
        return new Waiting(id, room, session, own, inherited, isUpload, notBefore);
    }
}

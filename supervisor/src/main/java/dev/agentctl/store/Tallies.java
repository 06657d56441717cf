package dev.agentctl.store;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// How much of what the state file holds. Any thread may call.
public record Tallies(Database database) {
    /// Messages to sessions by how far they have come, of those that are kept.
    public Map<String, Long> messages() {
        Map<String, Long> counts = new LinkedHashMap<>();
        database.change(connection -> Sql.list(
                        connection,
                        row -> Map.entry(row.text("stage").toLowerCase(Locale.ROOT), row.number("messages")),
                        "SELECT stage, count(*) AS messages FROM message GROUP BY stage ORDER BY stage")
                .forEach(each -> counts.put(each.getKey(), each.getValue())));
        return counts;
    }

    /// Messages to chats that are still to be sent.
    public int outbox() {
        return database.transact(
                        connection -> Sql.first(
                                connection,
                                row -> (int) row.number("messages"),
                                "SELECT count(*) AS messages FROM outbox WHERE state IN ('pending', 'uncertain', 'attempting')"))
                .orElse(0);
    }
}

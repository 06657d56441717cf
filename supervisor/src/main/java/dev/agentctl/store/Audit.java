package dev.agentctl.store;

import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/// Who asked for what, and what came of it. The newest 50,000 entries are kept. Any thread may call.
public final class Audit {
    private static final int KEPT = 50_000;
    private static final int LONGEST = 500;

    private final Database database;
    private final InstantSource clock;

    public Audit(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /// One line of the audit.
    ///
    /// @param user the chat's name of the person for good (Telegram: the numeric user id)
    public record Entry(Instant at, String chat, String user, String action, String outcome) {}

    /// Notes an action; long texts are cut.
    ///
    /// @throws StoreException if the state file fails
    public void record(String chat, String user, String action, String outcome) {
        database.change(connection -> {
            Sql.update(
                    connection,
                    "INSERT INTO audit (at, chat, user, action, outcome) VALUES (?, ?, ?, ?, ?)",
                    clock.millis(),
                    chat,
                    cut(user),
                    cut(action),
                    cut(outcome));
            Sql.update(connection, "DELETE FROM audit WHERE id <= (SELECT max(id) FROM audit) - ?", KEPT);
        });
    }

    /// The newest entries, newest first.
    ///
    /// @throws StoreException if the state file fails
    public List<Entry> list(int limit) {
        return database.transact(connection -> Sql.list(
                connection,
                Audit::entry,
                "SELECT at, chat, user, action, outcome FROM audit ORDER BY id DESC LIMIT ?",
                limit));
    }

    private static Entry entry(Sql.Row row) throws SQLException {
        return new Entry(row.time("at"), row.text("chat"), row.text("user"), row.text("action"), row.text("outcome"));
    }

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…";
    }
}

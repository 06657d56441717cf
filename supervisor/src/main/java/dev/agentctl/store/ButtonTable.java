package dev.agentctl.store;

import dev.agentctl.chat.Button;
import dev.agentctl.chat.ButtonBook;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Optional;

/// [ButtonBook] in the state file.
public final class ButtonTable implements ButtonBook {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int ID_BYTES = 16;

    private final Database database;
    private final InstantSource clock;

    public ButtonTable(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    @Override
    public Button button(String label, String command, String subject, String hash, Instant expires) {
        byte[] id = new byte[ID_BYTES];
        RANDOM.nextBytes(id);
        Button button = new Button(label, HexFormat.of().formatHex(id), command);
        database.change(connection -> Sql.update(
                connection,
                "INSERT INTO button (action, command, subject, hash, expires_at) VALUES (?, ?, ?, ?, ?)",
                button.action(),
                command,
                subject,
                hash,
                expires.toEpochMilli()));
        return button;
    }

    @Override
    public Taken take(String action, String user, String key) {
        return database.transact(connection -> {
            Optional<Stored> stored = Sql.first(
                    connection,
                    Stored::read,
                    "SELECT * FROM button WHERE action = ? AND (subject = '' OR EXISTS (SELECT 1 FROM prompt"
                            + " WHERE prompt.id = button.subject AND prompt.hash = button.hash) OR EXISTS (SELECT 1 FROM"
                            + " question_card WHERE question = button.subject AND question_card.hash = button.hash))",
                    action);
            return stored.isEmpty() ? new Taken.Unknown() : take(connection, stored.get(), action, user, key);
        });
    }

    private Taken take(Connection connection, Stored stored, String action, String user, String key)
            throws SQLException {
        if (stored.usedKey.isPresent()) {
            return stored.usedKey.get().equals(key)
                    ? new Taken.Command(stored.command)
                    : new Taken.Used(stored.usedBy.orElse(""), stored.usedAt);
        }
        if (!clock.instant().isBefore(stored.expires)) {
            return new Taken.Expired(stored.expires);
        }
        Sql.update(
                connection,
                "UPDATE button SET used_key = ?, used_by = ?, used_at = ? WHERE action = ?",
                key,
                user,
                clock.millis(),
                action);
        return new Taken.Command(stored.command);
    }

    private record Stored(
            String command, Instant expires, Optional<String> usedKey, Optional<String> usedBy, Instant usedAt) {
        static Stored read(Sql.Row row) throws SQLException {
            return new Stored(
                    row.text("command"),
                    row.time("expires_at"),
                    row.textOrNone("used_key"),
                    row.textOrNone("used_by"),
                    row.time("used_at"));
        }
    }

    /// Forgets those that expired before the given time; a press of one is then of an unknown button.
    public void trim(Instant before) {
        database.change(
                connection -> Sql.update(connection, "DELETE FROM button WHERE expires_at < ?", before.toEpochMilli()));
    }
}

package dev.agentctl.store;

import dev.agentctl.chat.ChatAddress;
import dev.agentctl.chat.Outgoing;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/// What the [Outbox] knows of messages that are changed in place: as which message each is shown.
final class LiveMessages {
    private LiveMessages() {}

    /// Puts new words into the row that waits already.
    ///
    /// @return the row; empty if none waits
    static Optional<Long> replaceWaiting(Connection connection, ChatAddress to, Outgoing.Live live)
            throws SQLException {
        return Sql.first(
                connection,
                row -> row.number("id"),
                "UPDATE outbox SET body = ? WHERE chat = ? AND room = ? AND kind = 'LIVE' AND name = ?"
                        + " AND state = 'pending' RETURNING id",
                live.markdown(),
                to.chat(),
                to.room(),
                live.name());
    }

    /// The row with the message that shows it already, if it is one of these and shown.
    static OutboxRow shown(Connection connection, OutboxRow row) throws SQLException {
        if (!(row.what() instanceof Outgoing.Live(var to, var session, String name, String markdown, var _))) {
            return row;
        }
        Optional<String> id = Sql.first(
                connection,
                found -> found.text("message_id"),
                "SELECT message_id FROM live WHERE chat = ? AND room = ? AND name = ?",
                row.to().chat(),
                row.to().room(),
                name);
        return row.showing(new Outgoing.Live(to, session, name, markdown, id));
    }

    static void sent(Connection connection, long row, String messageId, long now) throws SQLException {
        Sql.update(
                connection,
                "INSERT OR REPLACE INTO live (chat, room, name, message_id, at) SELECT chat, room, name, ?, ?"
                        + " FROM outbox WHERE id = ? AND kind = 'LIVE'",
                messageId,
                now,
                row);
    }

    static void trim(Connection connection, long before) throws SQLException {
        Sql.update(connection, "DELETE FROM live WHERE at < ?", before);
    }
}

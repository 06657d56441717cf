package dev.agentctl.store;

import dev.agentctl.chat.ChatAddress;
import dev.agentctl.chat.Outgoing;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/// What the [Outbox] knows of cards beside their rows: their buttons, and as which message they arrived.
final class Cards {
    private Cards() {}

    static void insert(Connection connection, long row, Outgoing.Card card) throws SQLException {
        Sql.update(connection, "INSERT INTO card (row, buttons) VALUES (?, ?)", row, ButtonRows.write(card.rows()));
    }

    /// Puts the outcome into the row of a card that nobody has tried to send.
    ///
    /// @return the card's row; empty if it must be edited in the chat, or is not there
    static Optional<Long> changeUnsent(Connection connection, ChatAddress to, Outgoing.CardChange change)
            throws SQLException {
        Optional<Long> row = Sql.first(
                connection,
                found -> found.number("id"),
                "UPDATE outbox SET body = body || char(10) || char(10) || ? WHERE id = (SELECT max(id) FROM outbox"
                        + " JOIN card ON card.row = outbox.id WHERE chat = ? AND room = ? AND name = ?)"
                        + " AND state = 'pending' AND parts_sent = 0 AND attempts = 0 RETURNING id",
                change.outcome(),
                to.chat(),
                to.room(),
                change.name());
        if (row.isPresent()) {
            Sql.update(connection, "UPDATE card SET buttons = '' WHERE row = ?", row.get());
        }
        return row;
    }

    static void sent(Connection connection, long row, String messageId) throws SQLException {
        Sql.update(connection, "UPDATE card SET message_id = ? WHERE row = ?", messageId, row);
    }

    static Optional<String> named(Connection connection, ChatAddress where, String messageId) throws SQLException {
        return Sql.first(
                connection,
                row -> row.text("name"),
                "SELECT name FROM outbox JOIN card ON card.row = outbox.id WHERE chat = ? AND room = ?"
                        + " AND card.message_id = ?",
                where.chat(),
                where.room(),
                messageId);
    }

    /// The row with the card that it changes, if it does and the card is known.
    static OutboxRow changing(Connection connection, OutboxRow row) throws SQLException {
        if (!(row.what() instanceof Outgoing.CardChange change)) {
            return row;
        }
        return row.changing(Sql.first(
                connection,
                Cards::shown,
                "SELECT " + OutboxRow.COLUMNS
                        + ", (SELECT message_id FROM card WHERE card.row = outbox.id) AS message_id"
                        + " FROM outbox WHERE id = (SELECT max(id) FROM outbox JOIN card ON card.row = outbox.id"
                        + " WHERE chat = ? AND room = ? AND name = ?)",
                row.to().chat(),
                row.to().room(),
                change.name()));
    }

    private static ShownCard shown(Sql.Row row) throws SQLException {
        if (!(OutboxRow.read(row).what() instanceof Outgoing.Card card)) {
            throw new SQLException("row " + row.number("id") + " is no card");
        }
        return new ShownCard(row.textOrNone("message_id"), card);
    }
}

package dev.agentctl.store;

import dev.agentctl.chat.ChatAddress;
import dev.agentctl.chat.Outgoing;
import dev.agentctl.chat.Outgoing.Kind;
import dev.agentctl.chat.ReplyRoute;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Everything that is to be shown in a chat, stored before anything is sent. Any thread may call.
///
/// ```
/// pending ──attempt──► attempting ──sent──────► sent
///    ▲                     │ ├─────dropped────► dropped
///    ├──────retry, partSent┘ └─────uncertain──► uncertain ──attempt──► attempting (marked as a repeat)
/// ```
///
/// A chat's server has no way to ask "did you get it?". So the attempt is durable before the call, and one whose
/// request left without an answer is *uncertain*: news is then dropped, anything else is sent once more with a
/// mark. A second missing answer drops it: it has been sent twice by then. Only the change of a card may be repeated
/// freely: the same edit twice is the same card. What a process leaves `attempting` is uncertain, each time.
public final class Outbox implements ReplyRoute {
    private static final String UNDELIVERED = "('pending', 'uncertain', 'attempting')";
    private static final int MOST_LOOKED_AT = 5_000;
    private static final int MOST_NEWS_OF_A_SESSION = 20;
    /// A message that ends every process that sends it is not worth it.
    private static final int MOST_INTERRUPTIONS = 20;

    private final Database database;
    private final InstantSource clock;
    private final ChatAddress unsolicited;

    /// @param unsolicited where messages without an address go
    public Outbox(Database database, InstantSource clock, ChatAddress unsolicited) {
        this.database = database;
        this.clock = clock;
        this.unsolicited = unsolicited;
    }

    /// Stores a message; tell its chat by `outboxChanged` afterwards. A receipt replaces an undelivered one of the
    /// same message, and of a session's undelivered news only the newest 20 are kept. A change of a card that
    /// nobody has tried to send yet changes that row.
    ///
    /// @return its id
    /// @throws StoreException if the state file fails; then it will not be sent
    public long add(Outgoing outgoing) {
        ChatAddress to = outgoing.to().orElse(unsolicited);
        return database.transact(connection -> {
            switch (outgoing) {
                case Outgoing.Receipt receipt -> dropOlderReceipts(connection, to, receipt.messageId());
                case Outgoing.Text text
                when text.kind() == Kind.STATUS ->
                    dropOldNews(connection, to, text.session().orElse(null));
                case Outgoing.CardChange change -> {
                    Optional<Long> changed = Cards.changeUnsent(connection, to, change);
                    if (changed.isPresent()) {
                        return changed.get();
                    }
                }
                case Outgoing.Live live -> {
                    Optional<Long> replaced = LiveMessages.replaceWaiting(connection, to, live);
                    if (replaced.isPresent()) {
                        return replaced.get();
                    }
                }
                case Outgoing.Text _, Outgoing.Card _, Outgoing.Document _ -> {}
            }
            long id = OutboxRow.insert(connection, outgoing, to, clock.instant());
            if (outgoing instanceof Outgoing.Card card) {
                Cards.insert(connection, id, card);
            }
            return id;
        });
    }

    /// What may go next, the most urgent first: of each session and room only the oldest row, so that a session's
    /// messages stay in order.
    ///
    /// @throws StoreException if the state file fails
    public List<Waiting> waiting(String chat) {
        return Waiting.heads(database.transact(connection -> Sql.list(
                connection,
                Waiting::read,
                "SELECT id, room, session, kind, CASE state WHEN 'attempting' THEN ? ELSE not_before END AS not_before"
                        + " FROM outbox WHERE chat = ? AND state IN " + UNDELIVERED + " ORDER BY id LIMIT ?",
                Long.MAX_VALUE,
                chat,
                MOST_LOOKED_AT)));
    }

    /// The undelivered row that has waited longest, for a chat that can show everything at once.
    ///
    /// @throws StoreException if the state file fails
    public Optional<Long> oldest(String chat) {
        return database.transact(connection -> Sql.first(
                connection,
                row -> row.number("id"),
                "SELECT id FROM outbox WHERE chat = ? AND state IN ('pending', 'uncertain') ORDER BY id LIMIT 1",
                chat));
    }

    /// How many rows of a room are not delivered yet.
    ///
    /// @throws StoreException if the state file fails
    public int backlog(String chat, String room) {
        return database.transact(connection -> Sql.first(
                        connection,
                        row -> (int) row.number("rows"),
                        "SELECT count(*) AS rows FROM outbox WHERE chat = ? AND room = ? AND state IN " + UNDELIVERED,
                        chat,
                        room)
                .orElse(0));
    }

    /// Begins a delivery: durable before this returns, so call the server only afterwards.
    ///
    /// @return empty if the row has been dropped or delivered meanwhile
    /// @throws StoreException if the state file fails; then do not send
    public Optional<OutboxRow> attempt(long id) {
        return database.transact(connection -> {
            Optional<OutboxRow> row = begin(connection, id);
            return row.isPresent()
                    ? Optional.of(LiveMessages.shown(connection, Cards.changing(connection, row.get())))
                    : row;
        });
    }

    private static Optional<OutboxRow> begin(Connection connection, long id) throws SQLException {
        return Sql.first(
                connection,
                OutboxRow::read,
                "UPDATE outbox SET repeated = (state = 'uncertain'), state = 'attempting', attempts = attempts + 1"
                        + " WHERE id = ? AND state IN ('pending', 'uncertain') RETURNING " + OutboxRow.COLUMNS,
                id);
    }

    /// All of it arrived, its last or only part as the given message.
    ///
    /// @throws StoreException if the state file fails
    public void sent(long id, String messageId) {
        database.change(connection -> {
            deliver(connection, id, messageId);
            Cards.sent(connection, id, messageId);
            LiveMessages.sent(connection, id, messageId, clock.millis());
            Sql.update(connection, "UPDATE outbox SET state = 'sent', error = NULL WHERE id = ?", id);
        });
    }

    /// One part of a long text arrived, and more are to follow.
    ///
    /// @throws StoreException if the state file fails
    public void partSent(long id, String messageId) {
        database.change(connection -> {
            deliver(connection, id, messageId);
            Sql.update(
                    connection,
                    "UPDATE outbox SET state = 'pending', repeated = 0, parts_sent = parts_sent + 1, not_before = 0,"
                            + " error = NULL WHERE id = ?",
                    id);
        });
    }

    /// It certainly did not arrive and is to be tried again.
    ///
    /// @param error why, in one line
    /// @throws StoreException if the state file fails
    public void retry(long id, Instant notBefore, String error) {
        database.change(connection -> Sql.update(
                connection,
                "UPDATE outbox SET state = CASE repeated WHEN 1 THEN 'uncertain' ELSE 'pending' END, not_before = ?,"
                        + " error = ? WHERE id = ? AND state = 'attempting'",
                notBefore.toEpochMilli(),
                error,
                id));
    }

    /// It most likely did not arrive: tried again however often it takes, but marked. News is dropped.
    ///
    /// @throws StoreException if the state file fails
    public void retryMarked(long id, Instant notBefore, String error) {
        database.change(connection -> {
            Sql.update(connection, "UPDATE outbox SET repeated = 0 WHERE id = ? AND state = 'attempting'", id);
            doubt(connection, id, notBefore, error);
        });
    }

    /// It may or may not have arrived.
    ///
    /// @return whether it will be repeated; false where it is news or was a repeat already
    /// @throws StoreException if the state file fails
    public boolean uncertain(long id, Instant notBefore, String error) {
        return database.transact(connection -> {
            doubt(connection, id, notBefore, error);
            return Sql.first(connection, row -> row.text("state"), "SELECT state FROM outbox WHERE id = ?", id)
                    .filter("uncertain"::equals)
                    .isPresent();
        });
    }

    /// A room has got another id: what waits for the old one goes to the new one.
    ///
    /// @throws StoreException if the state file fails
    public void move(String chat, String room, String newRoom) {
        database.change(connection -> Sql.update(
                connection,
                "UPDATE outbox SET room = ? WHERE chat = ? AND room = ? AND state IN " + UNDELIVERED,
                newRoom,
                chat,
                room));
    }

    /// It will never be sent.
    ///
    /// @throws StoreException if the state file fails
    public void dropped(long id, String error) {
        database.change(connection ->
                Sql.update(connection, "UPDATE outbox SET state = 'dropped', error = ? WHERE id = ?", error, id));
    }

    /// Drops a room's news of sessions that have something newer to say. For use when the room's budget is
    /// exhausted.
    ///
    /// @return how many were dropped
    /// @throws StoreException if the state file fails
    public int dropOutdatedNews(String chat, String room) {
        return database.transact(connection -> Sql.update(
                connection,
                "UPDATE outbox SET state = 'dropped', error = 'outdated' WHERE chat = ? AND room = ?"
                        + " AND state = 'pending' AND kind = 'STATUS' AND parts_sent = 0 AND EXISTS (SELECT 1 FROM"
                        + " outbox later WHERE later.chat = outbox.chat AND later.state = 'pending' AND later.id >"
                        + " outbox.id AND later.room = outbox.room AND later.session IS outbox.session"
                        + " AND later.kind <> 'RECEIPT')",
                chat,
                room));
    }

    /// Takes over what the previous process left behind: its open attempts are uncertain, however often that has
    /// happened to one, for a process may have been killed before anything left it. Call once, before the first
    /// [#attempt].
    ///
    /// @throws StoreException if the state file fails
    public void recover(String chat) {
        database.change(connection -> Sql.update(
                connection,
                "UPDATE outbox SET state = CASE WHEN kind IN ('STATUS', 'RECEIPT', 'LIVE') OR attempts >= ?"
                        + " THEN 'dropped' ELSE 'uncertain' END, not_before = 0, error = 'interrupted while sending'"
                        + " WHERE state = 'attempting' AND chat = ?",
                MOST_INTERRUPTIONS,
                chat));
    }

    /// The session that a delivered message speaks of; empty if it spoke of none or is unknown.
    ///
    /// @throws StoreException if the state file fails
    @Override
    public Optional<String> sessionOf(ChatAddress where, String messageId) {
        return database.transact(connection -> Sql.first(
                connection,
                row -> row.text("session"),
                "SELECT session FROM delivered WHERE chat = ? AND room = ? AND message_id = ? AND session IS NOT NULL",
                where.chat(),
                where.room(),
                messageId));
    }

    /// The session that a thread belongs to.
    ///
    /// @throws StoreException if the state file fails
    @Override
    public Optional<String> sessionOfThread(ChatAddress where) {
        return database.transact(connection -> where.thread().isEmpty()
                ? Optional.empty()
                : Topics.sessionOf(connection, where, where.thread().get()));
    }

    /// How many messages of each session came without a sound and answered nothing, in a stretch of time.
    ///
    /// @throws StoreException if the state file fails
    public Map<String, Integer> silentWords(String chat, Instant from, Instant to) {
        Map<String, Integer> words = new TreeMap<>();
        database.transact(connection -> Sql.list(
                        connection,
                        row -> Map.entry(row.text("session"), (int) row.number("messages")),
                        "SELECT session, count(*) AS messages FROM outbox WHERE chat = ? AND kind = 'REPLY'"
                                + " AND reply_to IS NULL AND session IS NOT NULL AND created_at BETWEEN ? AND ?"
                                + " GROUP BY session",
                        chat,
                        from.toEpochMilli(),
                        to.toEpochMilli()))
                .forEach(entry -> words.put(entry.getKey(), entry.getValue()));
        return words;
    }

    /// The name of the card that a message shows.
    ///
    /// @throws StoreException if the state file fails
    @Override
    public Optional<String> cardOf(ChatAddress where, String messageId) {
        return database.transact(connection -> Cards.named(connection, where, messageId));
    }

    /// Forgets what was delivered or dropped before the given time.
    ///
    /// @throws StoreException if the state file fails
    public void trim(Instant before) {
        database.change(connection -> {
            Sql.update(
                    connection,
                    "DELETE FROM outbox WHERE state IN ('sent', 'dropped') AND created_at < ?",
                    before.toEpochMilli());
            Sql.update(connection, "DELETE FROM card WHERE row NOT IN (SELECT id FROM outbox)");
            LiveMessages.trim(connection, before.toEpochMilli());
            Sql.update(connection, "DELETE FROM delivered WHERE delivered_at < ?", before.toEpochMilli());
        });
    }

    private void deliver(Connection connection, long id, String messageId) throws SQLException {
        Sql.update(
                connection,
                "INSERT OR REPLACE INTO delivered (chat, room, message_id, session, delivered_at)"
                        + " SELECT chat, room, ?, session, ? FROM outbox WHERE id = ? AND kind NOT IN ('RECEIPT', 'CHANGE')",
                messageId,
                clock.millis(),
                id);
    }

    private static void doubt(Connection connection, long id, Instant notBefore, String error) throws SQLException {
        Sql.update(
                connection,
                "UPDATE outbox SET state = CASE WHEN kind = 'CHANGE' THEN 'uncertain' WHEN repeated = 1 OR kind IN ('STATUS', 'RECEIPT', 'LIVE') THEN 'dropped'"
                        + " ELSE 'uncertain' END, not_before = ?, error = ? WHERE state = 'attempting' AND id = ?",
                notBefore.toEpochMilli(),
                error,
                id);
    }

    private static void dropOlderReceipts(Connection connection, ChatAddress to, String messageId) throws SQLException {
        Sql.update(
                connection,
                "UPDATE outbox SET state = 'dropped', error = 'outdated' WHERE chat = ? AND room = ?"
                        + " AND kind = 'RECEIPT' AND reply_to = ? AND state = 'pending'",
                to.chat(),
                to.room(),
                messageId);
    }

    private static void dropOldNews(Connection connection, ChatAddress to, @Nullable String session)
            throws SQLException {
        Sql.update(
                connection,
                "UPDATE outbox SET state = 'dropped', error = 'too much news' WHERE id IN (SELECT id FROM outbox"
                        + " WHERE chat = ? AND room = ? AND session IS ? AND kind = 'STATUS' AND state = 'pending'"
                        + " AND parts_sent = 0 ORDER BY id DESC LIMIT -1 OFFSET ?)",
                to.chat(),
                to.room(),
                session,
                MOST_NEWS_OF_A_SESSION - 1);
    }
}

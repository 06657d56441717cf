package dev.agentctl.store;

import dev.agentctl.session.Delivery;
import dev.agentctl.session.Message;
import dev.agentctl.session.Message.Stage;
import dev.agentctl.session.MessageQueue;
import dev.agentctl.session.Origin;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/// [MessageQueue] in the state file.
public final class MessageTable implements MessageQueue {
    /// Begins the keys of what the supervisor itself says.
    private static final String FIRST = "first:";

    private static final String QUEUED = "stage IN ('STORED', 'TYPING', 'SUBMITTING')";
    private static final String DELIVERY = "SELECT * FROM message LEFT JOIN delivery ON delivery.message = message.id";

    private final Database database;
    private final InstantSource clock;

    public MessageTable(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    @Override
    public Optional<Message> add(String session, String text, Optional<Origin> origin, String key) {
        return database.transact(
                connection -> insert(connection, "max(place) + 1", session, text, origin, key, clock.millis()));
    }

    @Override
    public void sayFirst(String session, Optional<String> text) {
        database.change(connection -> {
            Sql.update(
                    connection,
                    "UPDATE message SET stage = 'WITHDRAWN', advanced_at = ? WHERE session = ? AND stage = 'STORED'"
                            + " AND key LIKE ?",
                    clock.millis(),
                    session,
                    FIRST + "%");
            if (text.isPresent()) {
                insertFirst(connection, session, text.get(), FIRST + UUID.randomUUID(), clock.millis());
            }
        });
    }

    private static Optional<Message> insert(
            Connection connection,
            String place,
            String session,
            String text,
            Optional<Origin> origin,
            String key,
            long now)
            throws SQLException {
        return Sql.first(
                connection,
                MessageTable::read,
                "INSERT INTO message (session, place, key, text, chat, room, thread, message_id, stage, stored_at,"
                        + " advanced_at) VALUES (?, (SELECT coalesce(" + place + ", 0) FROM message),"
                        + " ?, ?, ?, ?, ?, ?, 'STORED', ?, ?) ON CONFLICT (key) DO NOTHING RETURNING *",
                session,
                key,
                text,
                origin.map(Origin::chat).orElse(null),
                origin.map(Origin::room).orElse(null),
                origin.flatMap(Origin::thread).orElse(null),
                origin.map(Origin::messageId).orElse(null),
                now,
                now);
    }

    @Override
    public Optional<Message> head(String session) {
        return database.transact(connection -> head(connection, session));
    }

    static Optional<Message> head(Connection connection, String session) throws SQLException {
        return Sql.first(
                connection,
                MessageTable::read,
                "SELECT * FROM message WHERE session = ? AND stage = 'STORED' ORDER BY place LIMIT 1",
                session);
    }

    @Override
    public List<Message> underWay(String session) {
        return database.transact(connection -> Sql.list(
                connection,
                MessageTable::read,
                "SELECT * FROM message WHERE session = ? AND stage IN ('TYPING', 'SUBMITTING', 'TYPED')"
                        + " ORDER BY place",
                session));
    }

    @Override
    public void advance(long id, Stage stage, Optional<String> evidence) {
        long now = clock.millis();
        database.change(connection -> {
            Sql.update(connection, "UPDATE message SET stage = ?, advanced_at = ? WHERE id = ?", stage.name(), now, id);
            if (stage == Stage.TYPED || evidence.isPresent()) {
                Sql.update(
                        connection,
                        "INSERT INTO delivery (message, typed_at, evidence) VALUES (?, ?, ?) ON CONFLICT (message)"
                                + " DO UPDATE SET typed_at = coalesce(excluded.typed_at, typed_at),"
                                + " evidence = excluded.evidence",
                        id,
                        stage == Stage.TYPED ? now : null,
                        evidence.orElse(null));
            }
        });
    }

    @Override
    public Optional<Delivery> delivery(String key) {
        return database.transact(
                connection -> Sql.first(connection, MessageTable::delivery, DELIVERY + " WHERE key = ?", key));
    }

    @Override
    public List<Delivery> deliveries(String session, int most) {
        return database.transact(connection -> {
            List<Delivery> ended = Sql.list(
                    connection,
                    MessageTable::delivery,
                    DELIVERY + " WHERE session = ? AND NOT " + QUEUED + " ORDER BY advanced_at DESC, id DESC LIMIT ?",
                    session,
                    most);
            List<Delivery> queued = Sql.list(
                    connection,
                    MessageTable::delivery,
                    DELIVERY + " WHERE session = ? AND " + QUEUED + " ORDER BY place LIMIT ?",
                    session,
                    most);
            return Stream.concat(ended.reversed().stream(), queued.stream()).toList();
        });
    }

    @Override
    public boolean claim(long id, Stage stage) {
        return database.transact(connection -> claim(connection, id, stage, clock.millis()));
    }

    /// Puts what somebody had taken back to where it was in its queue.
    static void restore(Connection connection, long id, long now) throws SQLException {
        Sql.update(
                connection,
                "UPDATE message SET stage = 'STORED', advanced_at = ? WHERE id = ? AND stage = 'ANSWERED'",
                now,
                id);
    }

    /// Puts a message that was in no queue before all that wait.
    static void insertFirst(Connection connection, String session, String text, String key, long now)
            throws SQLException {
        insert(connection, "min(place) - 1", session, text, Optional.empty(), key, now);
    }

    static boolean claim(Connection connection, long id, Stage stage, long now) throws SQLException {
        return Sql.update(
                        connection,
                        "UPDATE message SET stage = ?, advanced_at = ? WHERE id = ? AND stage = 'STORED'",
                        stage.name(),
                        now,
                        id)
                == 1;
    }

    @Override
    public Optional<Message> lastAccepted(String session) {
        return database.transact(connection -> Sql.first(
                connection,
                MessageTable::read,
                "SELECT * FROM message WHERE session = ? AND stage = 'ACCEPTED' ORDER BY advanced_at DESC, id DESC"
                        + " LIMIT 1",
                session));
    }

    @Override
    public int waiting(String session) {
        return database.transact(connection -> Sql.first(
                        connection,
                        row -> (int) row.number("messages"),
                        "SELECT count(*) AS messages FROM message WHERE session = ? AND " + QUEUED,
                        session)
                .orElse(0));
    }

    @Override
    public List<Message> pending(String session) {
        return database.transact(connection -> Sql.list(
                connection,
                MessageTable::read,
                "SELECT * FROM message WHERE session = ? AND " + QUEUED + " ORDER BY place",
                session));
    }

    @Override
    public List<Message> withdrawAll(String session) {
        return database.transact(connection -> Sql.list(
                connection,
                MessageTable::read,
                "UPDATE message SET stage = 'WITHDRAWN', advanced_at = ? WHERE session = ?"
                        + " AND stage IN ('STORED', 'TYPING') RETURNING *",
                clock.millis(),
                session));
    }

    private static Delivery delivery(Sql.Row row) throws SQLException {
        long typed = row.number("typed_at");
        return new Delivery(
                read(row),
                Instant.ofEpochMilli(row.number("stored_at")),
                typed == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(typed)),
                Instant.ofEpochMilli(row.number("advanced_at")),
                row.textOrNone("evidence"));
    }

    private static Message read(Sql.Row row) throws SQLException {
        Optional<String> chat = row.textOrNone("chat");
        Optional<Origin> origin = chat.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Origin(chat.get(), row.text("room"), row.textOrNone("thread"), row.text("message_id")));
        return new Message(
                row.number("id"), row.text("session"), row.text("text"), origin, Stage.valueOf(row.text("stage")));
    }
}

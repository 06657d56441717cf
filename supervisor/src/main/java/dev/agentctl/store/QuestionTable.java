package dev.agentctl.store;

import dev.agentctl.chat.AskedQuestion;
import dev.agentctl.chat.QuestionBook;
import dev.agentctl.session.Message;
import dev.agentctl.session.Origin;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;

/// [QuestionBook] in the state file.
public final class QuestionTable implements QuestionBook {
    /// Questions of an older agentctl know neither the child that asked nor what their card shows.
    private static final String COLUMNS =
            "question.*, coalesce((SELECT generation FROM asker WHERE asker.question = question.id), -1) AS generation,"
                    + " EXISTS (SELECT 1 FROM unheard_question WHERE question = question.id) AS unheard,"
                    + " coalesce((SELECT hash FROM question_card WHERE question_card.question = question.id), '') AS hash";

    private final Database database;
    private final InstantSource clock;

    public QuestionTable(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    @Override
    public Asked ask(
            String session, long generation, String callKey, String text, List<String> options, Instant expires) {
        return database.transact(connection -> {
            Optional<AskedQuestion> before = Sql.first(
                    connection,
                    QuestionTable::read,
                    "SELECT " + COLUMNS + " FROM question WHERE session = ? AND call_key = ?",
                    session,
                    callKey);
            if (before.isPresent()) {
                return new Asked(before.get(), false);
            }
            String choices = String.join("\u001f", options);
            String hash = Hashes.of(text + "\u001e" + choices);
            Optional<AskedQuestion> again = askedAgain(connection, session, callKey, hash, expires);
            if (again.isPresent()) {
                return new Asked(again.get(), false);
            }
            String id = ShortId.next();
            Sql.update(connection, "INSERT INTO asker (question, generation) VALUES (?, ?)", id, generation);
            Sql.update(
                    connection,
                    "INSERT INTO question_card (question, options, hash) VALUES (?, ?, ?)",
                    id,
                    choices,
                    hash);
            Sql.update(
                    connection,
                    "INSERT INTO question (id, session, call_key, text, asked_at, expires_at, state)"
                            + " VALUES (?, ?, ?, ?, ?, ?, 'OPEN')",
                    id,
                    session,
                    callKey,
                    text,
                    clock.millis(),
                    expires.toEpochMilli());
            return new Asked(find(id).orElseThrow(), true);
        });
    }

    /// Gives a call the question of one that was given up, where that asked the same and its answer is to come, or
    /// lies in the queue.
    private Optional<AskedQuestion> askedAgain(
            Connection connection, String session, String callKey, String hash, Instant expires) throws SQLException {
        Optional<AskedQuestion> unheard = Sql.first(
                connection,
                QuestionTable::read,
                "SELECT " + COLUMNS + " FROM question WHERE session = ? AND unheard = 1 AND hash = ?"
                        + " AND (state = 'OPEN' AND expires_at > ? OR state = 'ANSWERED' AND EXISTS (SELECT 1 FROM"
                        + " message WHERE key = ? || question.id AND stage = 'STORED'))"
                        + " ORDER BY asked_at DESC, rowid DESC LIMIT 1",
                session,
                hash,
                clock.millis(),
                QuestionBook.lateKey(""));
        if (unheard.isPresent()) {
            Sql.update(
                    connection,
                    "UPDATE question SET call_key = ?, expires_at = ? WHERE id = ?",
                    callKey,
                    expires.toEpochMilli(),
                    unheard.get().id());
        }
        return unheard;
    }

    @Override
    public void awaits(String id) {
        database.change(connection ->
                Sql.update(connection, "INSERT OR IGNORE INTO awaited_question (question) VALUES (?)", id));
    }

    @Override
    public List<String> awaited() {
        return database.transact(connection ->
                Sql.list(connection, row -> row.text("question"), "SELECT question FROM awaited_question"));
    }

    @Override
    public void heard(String id) {
        database.change(connection -> heard(connection, id));
    }

    private static void heard(Connection connection, String id) throws SQLException {
        Sql.update(connection, "DELETE FROM awaited_question WHERE question = ?", id);
    }

    @Override
    public void unheard(String id) {
        database.change(connection -> {
            Sql.update(connection, "INSERT OR IGNORE INTO unheard_question (question) VALUES (?)", id);
            // an answer that is there already has yet to be told
            Sql.update(
                    connection,
                    "DELETE FROM awaited_question WHERE question = ?"
                            + " AND question NOT IN (SELECT id FROM question WHERE state = 'ANSWERED')",
                    id);
        });
    }

    @Override
    public boolean toldOtherwise(String id, boolean told) {
        return database.transact(connection -> {
            if (told) {
                heard(connection, id);
            }
            return Sql.update(
                            connection,
                            "UPDATE message SET stage = ?, advanced_at = ? WHERE key = ? AND stage = ? AND NOT EXISTS"
                                    + " (SELECT 1 FROM reply_message WHERE message = message.id)",
                            (told ? Message.Stage.ANSWERED : Message.Stage.STORED).name(),
                            clock.millis(),
                            QuestionBook.lateKey(id),
                            (told ? Message.Stage.STORED : Message.Stage.ANSWERED).name())
                    == 1;
        });
    }

    @Override
    public Optional<AskedQuestion> find(String session, String id) {
        return database.transact(connection -> Sql.first(
                connection,
                QuestionTable::read,
                "SELECT " + COLUMNS + " FROM question WHERE session = ? AND id = ?",
                session,
                id));
    }

    @Override
    public Optional<AskedQuestion> find(String id) {
        return database.transact(connection ->
                Sql.first(connection, QuestionTable::read, "SELECT " + COLUMNS + " FROM question WHERE id = ?", id));
    }

    @Override
    public List<AskedQuestion> due() {
        return database.transact(connection -> Sql.list(
                connection,
                QuestionTable::read,
                "SELECT " + COLUMNS + " FROM question WHERE state = 'OPEN' AND expires_at <= ? ORDER BY expires_at",
                clock.millis()));
    }

    @Override
    public List<AskedQuestion> open() {
        return database.transact(connection -> Sql.list(
                connection,
                QuestionTable::read,
                "SELECT " + COLUMNS + " FROM question WHERE state = 'OPEN' AND expires_at > ?"
                        + " ORDER BY asked_at, rowid",
                clock.millis()));
    }

    @Override
    public Optional<AskedQuestion> oldestOpen(String session) {
        return database.transact(connection -> Sql.first(
                connection,
                QuestionTable::read,
                "SELECT " + COLUMNS + " FROM question WHERE session = ? AND state = 'OPEN' AND expires_at > ?"
                        + " ORDER BY asked_at, rowid LIMIT 1",
                session,
                clock.millis()));
    }

    @Override
    public boolean answer(String id, String answer, Optional<Origin> origin, String key, boolean heard) {
        return database.transact(connection -> {
            boolean answered = Sql.update(
                            connection,
                            "UPDATE question SET state = 'ANSWERED', answer = ? WHERE id = ? AND state = 'OPEN'",
                            answer,
                            id)
                    == 1;
            if (answered) {
                Sql.update(connection, "INSERT OR IGNORE INTO once (key, at) VALUES (?, ?)", key, clock.millis());
            }
            if (answered && heard) {
                heard(connection, id);
            } else if (answered && origin.isPresent()) {
                Origin from = origin.get();
                Sql.update(
                        connection,
                        "INSERT OR REPLACE INTO kept_answer (question, chat, room, thread, message_id)"
                                + " VALUES (?, ?, ?, ?, ?)",
                        id,
                        from.chat(),
                        from.room(),
                        from.thread().orElse(null),
                        from.messageId());
            }
            return answered;
        });
    }

    @Override
    public Optional<Origin> answeredFrom(String id) {
        return origin("SELECT chat, room, thread, message_id FROM kept_answer WHERE question = ?", id);
    }

    @Override
    public Optional<Origin> forgetAnsweredFrom(String id) {
        return origin("DELETE FROM kept_answer WHERE question = ? RETURNING chat, room, thread, message_id", id);
    }

    private Optional<Origin> origin(String sql, String question) {
        return database.transact(connection -> Sql.first(
                connection,
                row -> new Origin(row.text("chat"), row.text("room"), row.textOrNone("thread"), row.text("message_id")),
                sql,
                question));
    }

    @Override
    public boolean expire(String id) {
        return database.transact(connection -> Sql.update(
                        connection,
                        "UPDATE question SET state = 'EXPIRED' WHERE id = ? AND state = 'OPEN' AND expires_at <= ?",
                        id,
                        clock.millis())
                == 1);
    }

    @Override
    public Optional<String> replyTo(String session, String callKey) {
        return database.transact(connection -> Sql.first(
                connection,
                row -> row.text("text"),
                "SELECT text FROM reply WHERE session = ? AND call_key = ?",
                session,
                callKey));
    }

    @Override
    public void reply(String session, String callKey, String text, String key) {
        database.change(connection -> reply(connection, session, callKey, text, key));
    }

    private void reply(Connection connection, String session, String callKey, String text, String key)
            throws SQLException {
        Sql.update(
                connection,
                "INSERT OR IGNORE INTO reply (session, call_key, text, given_at) VALUES (?, ?, ?, ?)",
                session,
                callKey,
                text,
                clock.millis());
        Sql.update(connection, "INSERT OR IGNORE INTO once (key, at) VALUES (?, ?)", key, clock.millis());
    }

    @Override
    public Optional<Message> replyFromQueue(String session, String callKey) {
        return database.transact(connection -> {
            Optional<Message> head = MessageTable.head(connection, session);
            if (head.isPresent()) {
                Message message = head.get();
                MessageTable.claim(connection, message.id(), Message.Stage.ANSWERED, clock.millis());
                reply(connection, session, callKey, message.text(), "message:" + message.id());
                Sql.update(
                        connection,
                        "INSERT OR IGNORE INTO reply_message (session, call_key, message) VALUES (?, ?, ?)",
                        session,
                        callKey,
                        message.id());
            }
            return head;
        });
    }

    @Override
    public boolean takeBack(String session, String callKey, UnaryOperator<String> safe) {
        return database.transact(connection -> {
            Optional<String> text = Sql.first(
                    connection,
                    row -> row.text("text"),
                    "DELETE FROM reply WHERE session = ? AND call_key = ? RETURNING text",
                    session,
                    callKey);
            Optional<Long> message = Sql.first(
                    connection,
                    row -> row.number("message"),
                    "DELETE FROM reply_message WHERE session = ? AND call_key = ? RETURNING message",
                    session,
                    callKey);
            if (message.isPresent()) {
                MessageTable.restore(connection, message.get(), clock.millis());
            } else if (text.isPresent()) {
                String key = "untaken:" + UUID.randomUUID();
                MessageTable.insertFirst(connection, session, safe.apply(text.get()), key, clock.millis());
            }
            return text.isPresent();
        });
    }

    @Override
    public boolean taken(String key) {
        return database.transact(
                connection -> Sql.first(connection, row -> row.number("at"), "SELECT at FROM once WHERE key = ?", key)
                        .isPresent());
    }

    private static AskedQuestion read(Sql.Row row) throws SQLException {
        return new AskedQuestion(
                row.text("id"),
                row.text("session"),
                row.text("text"),
                AskedQuestion.State.valueOf(row.text("state")),
                row.textOrNone("answer"),
                row.time("asked_at"),
                row.time("expires_at"),
                row.number("generation"),
                row.number("unheard") == 1,
                row.text("hash"));
    }
}

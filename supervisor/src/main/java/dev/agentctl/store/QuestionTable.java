package dev.agentctl.store;

import dev.agentctl.chat.AskedQuestion;
import dev.agentctl.chat.QuestionBook;
import dev.agentctl.session.Message;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// [QuestionBook] in the state file.
public final class QuestionTable implements QuestionBook {
    /// Questions of an older agentctl know neither the child that asked nor what their card shows.
    private static final String COLUMNS =
            "question.*, coalesce((SELECT generation FROM asker WHERE asker.question = question.id), -1) AS generation,"
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
            String id = ShortId.next();
            Sql.update(connection, "INSERT INTO asker (question, generation) VALUES (?, ?)", id, generation);
            String choices = String.join("\u001f", options);
            Sql.update(
                    connection,
                    "INSERT INTO question_card (question, options, hash) VALUES (?, ?, ?)",
                    id,
                    choices,
                    Hashes.of(text + "\u001e" + choices));
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

    /// Those that can be answered, oldest first.
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
    public boolean answer(String id, String answer, String key) {
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
            return answered;
        });
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
            }
            return head;
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
                row.text("hash"));
    }
}

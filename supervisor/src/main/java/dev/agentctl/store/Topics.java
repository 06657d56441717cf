package dev.agentctl.store;

import dev.agentctl.chat.ChatAddress;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/// Which thread of a room belongs to which session, and what it is called there. Any thread may call.
public final class Topics {
    private final Database database;

    public Topics(Database database) {
        this.database = database;
    }

    /// A session's thread.
    ///
    /// @param title as it was last set
    public record Topic(String thread, String title) {}

    public Optional<Topic> find(ChatAddress room, String session) {
        return database.transact(connection -> Sql.first(
                connection,
                row -> new Topic(row.text("thread"), row.text("title")),
                "SELECT thread, title FROM topic WHERE chat = ? AND room = ? AND session = ?",
                room.chat(),
                room.room(),
                session));
    }

    public void save(ChatAddress room, String session, Topic topic) {
        database.change(connection -> Sql.update(
                connection,
                "INSERT OR REPLACE INTO topic (chat, room, session, thread, title) VALUES (?, ?, ?, ?, ?)",
                room.chat(),
                room.room(),
                session,
                topic.thread(),
                topic.title()));
    }

    public void forget(ChatAddress room, String session) {
        database.change(connection -> Sql.update(
                connection,
                "DELETE FROM topic WHERE chat = ? AND room = ? AND session = ?",
                room.chat(),
                room.room(),
                session));
    }

    static Optional<String> sessionOf(Connection connection, ChatAddress room, String thread) throws SQLException {
        return Sql.first(
                connection,
                row -> row.text("session"),
                "SELECT session FROM topic WHERE chat = ? AND room = ? AND thread = ?",
                room.chat(),
                room.room(),
                thread);
    }
}

package dev.agentctl.store;

import dev.agentctl.tools.CallJournal;
import dev.agentctl.tools.Caller;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// [CallJournal] in the state file.
public final class CallTable implements CallJournal {
    /// Those of a session that may wait, with as many that do no more.
    private static final int MOST_CALLS = 128;

    private final Database database;
    private final InstantSource clock;

    public CallTable(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    @Override
    public void sessionOpened(OpenedSession session) {
        database.change(connection -> Sql.update(
                connection,
                "INSERT OR IGNORE INTO mcp_session (id, session, generation, initialize, opened_at)"
                        + " VALUES (?, ?, ?, ?, ?)",
                session.id(),
                session.caller().session(),
                session.caller().generation(),
                session.initialize(),
                clock.millis()));
    }

    @Override
    public Optional<OpenedSession> session(String id) {
        return database.transact(connection -> Sql.first(
                connection,
                row -> new OpenedSession(
                        id, new Caller(row.text("session"), row.number("generation")), row.text("initialize")),
                "SELECT session, generation, initialize FROM mcp_session WHERE id = ?",
                id));
    }

    @Override
    public void sessionClosed(String id) {
        database.change(connection -> Sql.update(connection, "DELETE FROM mcp_session WHERE id = ?", id));
    }

    @Override
    public void callWaits(WaitingCall call) {
        database.change(connection -> Sql.update(
                connection,
                "INSERT OR IGNORE INTO mcp_call (key, session, generation, mcp_session, message, since)"
                        + " VALUES (?, ?, ?, ?, ?, ?)",
                call.key(),
                call.caller().session(),
                call.caller().generation(),
                call.mcpSession(),
                call.message(),
                call.since().toEpochMilli()));
    }

    @Override
    public Optional<WaitingCall> call(String key) {
        return database.transact(
                connection -> Sql.first(connection, CallTable::read, "SELECT * FROM mcp_call WHERE key = ?", key));
    }

    @Override
    public List<WaitingCall> calls(String mcpSession) {
        return database.transact(connection -> Sql.list(
                connection,
                CallTable::read,
                "SELECT * FROM mcp_call WHERE mcp_session = ? ORDER BY since DESC, rowid DESC LIMIT ?",
                mcpSession,
                MOST_CALLS));
    }

    @Override
    public void callCancelled(String key) {
        database.change(connection -> Sql.update(connection, "DELETE FROM mcp_call WHERE key = ?", key));
    }

    private static WaitingCall read(Sql.Row row) throws SQLException {
        return new WaitingCall(
                row.text("key"),
                new Caller(row.text("session"), row.number("generation")),
                row.text("mcp_session"),
                row.text("message"),
                row.time("since"));
    }

    /// Forgets what began before a time; no call waits longer than a week.
    public void trim(Instant before) {
        database.change(connection -> {
            Sql.update(connection, "DELETE FROM mcp_call WHERE since < ?", before.toEpochMilli());
            Sql.update(connection, "DELETE FROM mcp_session WHERE opened_at < ?", before.toEpochMilli());
        });
    }
}

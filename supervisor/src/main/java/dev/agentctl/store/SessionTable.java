package dev.agentctl.store;

import dev.agentctl.session.Desired;
import dev.agentctl.session.Memory;
import dev.agentctl.session.SessionMemory;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/// [SessionMemory] in the state file.
public final class SessionTable implements SessionMemory {
    private final Database database;

    public SessionTable(Database database) {
        this.database = database;
    }

    @Override
    public Map<String, Memory> all() {
        return database.transact(connection -> {
            Map<String, Memory> all = new HashMap<>();
            for (Named named : Sql.list(connection, SessionTable::named, "SELECT * FROM session")) {
                all.put(named.name, named.memory);
            }
            return all;
        });
    }

    private record Named(String name, Memory memory) {}

    private static Named named(Sql.Row row) throws SQLException {
        return new Named(row.text("name"), memory(row));
    }

    private static Memory memory(Sql.Row row) throws SQLException {
        return new Memory(
                Desired.valueOf(row.text("desired")),
                row.number("generation"),
                (int) row.number("restarts"),
                row.textOrNone("conversation"),
                row.textOrNone("transcript"),
                row.number("prompted") == 1,
                row.number("turn_open") == 1,
                row.textOrNone("tool"),
                row.text("token_hash"),
                row.textOrNone("verdict"));
    }

    @Override
    public void save(String session, Memory memory) {
        database.change(connection -> Sql.update(
                connection,
                "INSERT OR REPLACE INTO session (name, desired, generation, restarts, conversation, transcript,"
                        + " prompted, turn_open, tool, token_hash, verdict) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                session,
                memory.desired().name(),
                memory.generation(),
                memory.restarts(),
                memory.conversation().orElse(null),
                memory.transcript().orElse(null),
                memory.prompted() ? 1 : 0,
                memory.turnOpen() ? 1 : 0,
                memory.tool().orElse(null),
                memory.tokenHash(),
                memory.verdict().orElse(null)));
    }

    @Override
    public void forget(String session) {
        database.change(connection -> {
            Sql.update(connection, "DELETE FROM session WHERE name = ?", session);
            Sql.update(connection, "DELETE FROM question WHERE session = ?", session);
            Sql.update(connection, "DELETE FROM reply WHERE session = ?", session);
            Sql.update(
                    connection,
                    "DELETE FROM delivery WHERE message IN (SELECT id FROM message WHERE session = ?)",
                    session);
            // the keys stay: an update that comes once more must not bring its message back
            Sql.update(connection, "UPDATE message SET session = '', text = '' WHERE session = ?", session);
        });
    }
}

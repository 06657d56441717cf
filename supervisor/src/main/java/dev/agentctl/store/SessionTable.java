package dev.agentctl.store;

import dev.agentctl.agent.Limit;
import dev.agentctl.session.Activity;
import dev.agentctl.session.Desired;
import dev.agentctl.session.Evidence;
import dev.agentctl.session.HookKeys;
import dev.agentctl.session.LastTurn;
import dev.agentctl.session.Memory;
import dev.agentctl.session.SessionMemory;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/// [SessionMemory] in the state file.
public final class SessionTable implements SessionMemory {
    private final Database database;
    /// What the file is known to have. Each part that is written again costs two pages of every commit, and one commit
    /// stands between a child's end and the next child.
    private final ConcurrentHashMap<String, Memory> kept = new ConcurrentHashMap<>();

    public SessionTable(Database database) {
        this.database = database;
    }

    @Override
    public Map<String, Memory> all() {
        return database.transact(connection -> {
            Map<String, Memory> all = new HashMap<>();
            for (Named named : Sql.list(
                    connection,
                    SessionTable::named,
                    "SELECT * FROM session LEFT JOIN last_turn USING (name) LEFT JOIN greeting USING (name)"
                            + " LEFT JOIN heard_hooks USING (name)")) {
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
                row.textOrNone("greeted").map(Long::parseLong).orElse(Memory.NEVER_ASKED),
                row.textOrNone("verdict"),
                lastTurn(row),
                HookKeys.of(row.textOrNone("hook_keys").orElse("")));
    }

    /// Where there is no row, none was ever kept.
    private static LastTurn lastTurn(Sql.Row row) throws SQLException {
        boolean typed = row.textOrNone("ours").map("1"::equals).orElse(true);
        Optional<String> limit = row.textOrNone("limited");
        if (limit.isEmpty()) {
            return new LastTurn(typed, Optional.empty());
        }
        long until = row.number("limited_until");
        return new LastTurn(
                typed,
                Optional.of(new Activity.Limited(
                        Limit.valueOf(limit.get()),
                        until == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(until)),
                        new Evidence(row.text("limited_source"), row.time("limited_at")))));
    }

    @Override
    public void save(String session, Memory memory) {
        // one that fails leaves it unknown
        Optional<Memory> before = Optional.ofNullable(kept.remove(session));
        database.change(connection -> {
            saveSession(connection, session, memory);
            if (changes(before, memory, Memory::last)) {
                saveTurn(connection, session, memory.last());
            }
            if (changes(before, memory, Memory::greeted)) {
                Sql.update(
                        connection,
                        "INSERT OR REPLACE INTO greeting (name, greeted) VALUES (?, ?)",
                        session,
                        memory.greeted());
            }
            if (changes(before, memory, Memory::hooks)) {
                Sql.update(
                        connection,
                        "INSERT OR REPLACE INTO heard_hooks (name, hook_keys) VALUES (?, ?)",
                        session,
                        memory.hooks().text());
            }
        });
        kept.put(session, memory);
    }

    private static <T> boolean changes(Optional<Memory> before, Memory next, Function<Memory, T> part) {
        return !before.map(part).equals(Optional.of(next).map(part));
    }

    private static void saveSession(Connection connection, String session, Memory memory) throws SQLException {
        Sql.update(
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
                memory.verdict().orElse(null));
    }

    private static void saveTurn(Connection connection, String session, LastTurn turn) throws SQLException {
        Optional<Activity.Limited> limited = turn.limited();
        Sql.update(
                connection,
                "INSERT OR REPLACE INTO last_turn (name, ours, limited, limited_until, limited_source, limited_at)"
                        + " VALUES (?, ?, ?, ?, ?, ?)",
                session,
                turn.ours() ? 1 : 0,
                limited.map(limit -> limit.limit().name()).orElse(null),
                limited.flatMap(Activity.Limited::until)
                        .map(Instant::toEpochMilli)
                        .orElse(null),
                limited.map(limit -> limit.evidence().source()).orElse(null),
                limited.map(limit -> limit.evidence().at().toEpochMilli()).orElse(null));
    }

    @Override
    public void forget(String session) {
        kept.remove(session);
        database.change(connection -> {
            Sql.update(connection, "DELETE FROM session WHERE name = ?", session);
            Sql.update(connection, "DELETE FROM last_turn WHERE name = ?", session);
            Sql.update(connection, "DELETE FROM greeting WHERE name = ?", session);
            Sql.update(connection, "DELETE FROM heard_hooks WHERE name = ?", session);
            for (String marks : List.of("unheard_question", "awaited_question", "kept_answer")) {
                Sql.update(
                        connection,
                        "DELETE FROM " + marks + " WHERE question IN (SELECT id FROM question WHERE session = ?)",
                        session);
            }
            Sql.update(connection, "DELETE FROM question WHERE session = ?", session);
            Sql.update(connection, "DELETE FROM reply WHERE session = ?", session);
            Sql.update(connection, "DELETE FROM reply_message WHERE session = ?", session);
            Sql.update(
                    connection,
                    "DELETE FROM delivery WHERE message IN (SELECT id FROM message WHERE session = ?)",
                    session);
            // the keys stay: an update that comes once more must not bring its message back
            Sql.update(connection, "UPDATE message SET session = '', text = '' WHERE session = ?", session);
        });
    }
}

package dev.agentctl.store;

import dev.agentctl.chat.PromptBook;
import dev.agentctl.chat.StoredPrompt;
import dev.agentctl.chat.StoredPrompt.State;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// [PromptBook] in the state file.
public final class PromptTable implements PromptBook {
    private final Database database;
    private final InstantSource clock;

    public PromptTable(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    @Override
    public StoredPrompt open(Opening opening) {
        return database.transact(connection -> {
            Sql.update(
                    connection,
                    "INSERT OR IGNORE INTO prompt (id, session, generation, call_key, hash, payload, asked_at,"
                            + " expires_at, expiry_denies, state) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'OPEN')",
                    ShortId.next(),
                    opening.session(),
                    opening.generation(),
                    opening.key(),
                    Hashes.of(opening.payload()),
                    opening.payload(),
                    clock.millis(),
                    opening.expires().toEpochMilli(),
                    opening.expiryDenies() ? 1 : 0);
            return find(opening.session(), opening.key()).orElseThrow();
        });
    }

    @Override
    public Optional<StoredPrompt> find(String id) {
        return database.transact(
                connection -> Sql.first(connection, PromptTable::read, "SELECT * FROM prompt WHERE id = ?", id));
    }

    @Override
    public Optional<StoredPrompt> find(String session, String key) {
        return database.transact(connection -> Sql.first(
                connection,
                PromptTable::read,
                "SELECT * FROM prompt WHERE session = ? AND call_key = ?",
                session,
                key));
    }

    @Override
    public List<StoredPrompt> open() {
        return database.transact(connection -> Sql.list(
                connection, PromptTable::read, "SELECT * FROM prompt WHERE state = 'OPEN' ORDER BY asked_at, rowid"));
    }

    @Override
    public List<StoredPrompt> settledSince(Instant since) {
        return database.transact(connection -> Sql.list(
                connection,
                PromptTable::read,
                "SELECT * FROM prompt WHERE state <> 'OPEN' AND decided_at >= ? ORDER BY decided_at, rowid",
                since.toEpochMilli()));
    }

    @Override
    public void pick(String id, int question, int option, boolean several) {
        database.change(connection -> {
            if (!several) {
                Sql.update(connection, "DELETE FROM pick WHERE prompt = ? AND question = ?", id, question);
            }
            Sql.update(
                    connection,
                    "INSERT OR IGNORE INTO pick (prompt, question, option) VALUES (?, ?, ?)",
                    id,
                    question,
                    option);
        });
    }

    @Override
    public Map<Integer, SortedSet<Integer>> picks(String id) {
        List<Map.Entry<Integer, Integer>> all = database.transact(connection -> Sql.list(
                connection,
                row -> Map.entry((int) row.number("question"), (int) row.number("option")),
                "SELECT question, option FROM pick WHERE prompt = ?",
                id));
        Map<Integer, SortedSet<Integer>> picks = new TreeMap<>();
        all.forEach(pick ->
                picks.computeIfAbsent(pick.getKey(), _ -> new TreeSet<>()).add(pick.getValue()));
        return picks;
    }

    @Override
    public boolean settle(String id, State state, Optional<String> decision, String by) {
        return database.transact(connection -> Sql.update(
                        connection,
                        "UPDATE prompt SET state = ?, decision = ?, decided_by = ?, decided_at = ?"
                                + " WHERE id = ? AND state = 'OPEN'",
                        state.name(),
                        decision.orElse(null),
                        by,
                        clock.millis(),
                        id)
                == 1);
    }

    /// Forgets what was settled before the given time.
    public void trim(Instant before) {
        database.change(connection -> {
            Sql.update(
                    connection, "DELETE FROM prompt WHERE state <> 'OPEN' AND decided_at < ?", before.toEpochMilli());
            Sql.update(connection, "DELETE FROM pick WHERE prompt NOT IN (SELECT id FROM prompt)");
        });
    }

    private static StoredPrompt read(Sql.Row row) throws SQLException {
        return new StoredPrompt(
                row.text("id"),
                row.text("session"),
                row.text("call_key"),
                row.text("hash"),
                row.text("payload"),
                row.time("asked_at"),
                row.time("expires_at"),
                row.number("expiry_denies") == 1,
                State.valueOf(row.text("state")),
                row.textOrNone("decision"),
                row.textOrNone("decided_by"));
    }
}

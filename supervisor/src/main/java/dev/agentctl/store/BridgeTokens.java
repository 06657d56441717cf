package dev.agentctl.store;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/// What lets MCP clients use a session's tools that are not its child. Only hashes are kept; they outlive the
/// supervisor, for the clients do.
public final class BridgeTokens {
    private final Database database;
    private final InstantSource clock;

    public BridgeTokens(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    public void add(String hash, String session) {
        database.change(connection -> Sql.update(
                connection,
                "INSERT INTO bridge_token (hash, session, made_at) VALUES (?, ?, ?)",
                hash,
                session,
                clock.millis()));
    }

    /// Whose tools a token opens. The lookup is by hash, so that its time tells nothing of a token.
    public Optional<String> session(String hash) {
        return database.transact(connection -> Sql.first(
                connection, row -> row.text("session"), "SELECT session FROM bridge_token WHERE hash = ?", hash));
    }

    /// Forgets those made before a time; their clients ask for others.
    public void trim(Instant before) {
        database.change(connection ->
                Sql.update(connection, "DELETE FROM bridge_token WHERE made_at < ?", before.toEpochMilli()));
    }
}

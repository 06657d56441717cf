package dev.agentctl.store;

import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Tokens of the operators' own MCP clients. Only hashes are kept. Any thread may call.
public final class RemoteTokens {
    private static final String LIVE = " (expires_at IS NULL OR expires_at > ?)";

    private final Database database;
    private final InstantSource clock;

    public RemoteTokens(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /// A token, without its secret.
    ///
    /// @param scope `read` or `write`
    /// @param project the only one that it reaches
    public record Entry(String name, String scope, Optional<String> project, Instant made, Optional<Instant> expires) {}

    /// Adds one; false where a live one has that name.
    public boolean add(String hash, Entry entry) {
        return database.transact(connection -> {
            Sql.update(
                    connection,
                    "DELETE FROM remote_token WHERE name = ? AND expires_at <= ?",
                    entry.name(),
                    clock.millis());
            return Sql.update(
                            connection,
                            "INSERT OR IGNORE INTO remote_token (name, hash, scope, project, made_at, expires_at)"
                                    + " VALUES (?, ?, ?, ?, ?, ?)",
                            entry.name(),
                            hash,
                            entry.scope(),
                            entry.project().orElse(null),
                            entry.made().toEpochMilli(),
                            entry.expires().map(Instant::toEpochMilli).orElse(null))
                    == 1;
        });
    }

    /// What a token is, as long as it is live. The lookup is by hash, so that its time tells nothing of a token.
    public Optional<Entry> of(String hash) {
        return database.transact(connection -> Sql.first(
                connection,
                RemoteTokens::read,
                "SELECT * FROM remote_token WHERE hash = ? AND" + LIVE,
                hash,
                clock.millis()));
    }

    public Optional<Entry> named(String name) {
        return database.transact(connection -> Sql.first(
                connection,
                RemoteTokens::read,
                "SELECT * FROM remote_token WHERE name = ? AND" + LIVE,
                name,
                clock.millis()));
    }

    /// The live ones, by name.
    public List<Entry> live() {
        return database.transact(connection -> Sql.list(
                connection,
                RemoteTokens::read,
                "SELECT * FROM remote_token WHERE" + LIVE + " ORDER BY name",
                clock.millis()));
    }

    /// Ends one; false where there is none of that name.
    public boolean revoke(String name) {
        return database.transact(
                connection -> Sql.update(connection, "DELETE FROM remote_token WHERE name = ?", name) > 0);
    }

    private static Entry read(Sql.Row row) throws SQLException {
        return new Entry(
                row.text("name"),
                row.text("scope"),
                row.textOrNone("project"),
                row.time("made_at"),
                row.textOrNone("expires_at").map(millis -> Instant.ofEpochMilli(Long.parseLong(millis))));
    }
}

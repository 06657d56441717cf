package dev.agentctl.store;

import dev.agentctl.chat.Mutes;
import java.time.Instant;
import java.time.InstantSource;

/// [Mutes] in the state file.
public final class MuteTable implements Mutes {
    private final Database database;
    private final InstantSource clock;

    public MuteTable(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    @Override
    public void mute(String session, Instant until) {
        database.change(connection -> Sql.update(
                connection,
                "INSERT OR REPLACE INTO mute (session, until) VALUES (?, ?)",
                session,
                until.toEpochMilli()));
    }

    @Override
    public void unmute(String session) {
        database.change(connection -> Sql.update(connection, "DELETE FROM mute WHERE session = ?", session));
    }

    @Override
    public boolean isMuted(String session) {
        return database.transact(connection -> Sql.first(
                        connection,
                        row -> row.number("until"),
                        "SELECT until FROM mute WHERE session = ? AND until > ?",
                        session,
                        clock.millis())
                .isPresent());
    }
}

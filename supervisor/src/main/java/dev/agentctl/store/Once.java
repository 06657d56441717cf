package dev.agentctl.store;

import java.time.Instant;
import java.time.InstantSource;

/// Makes something durable happen once for a key, however often it is asked for.
public final class Once {
    private final Database database;
    private final InstantSource clock;

    public Once(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /// Runs `change` if the key was never used, in the same transaction as the use of the key.
    public void run(String key, Runnable change) {
        database.change(connection -> {
            int inserted =
                    Sql.update(connection, "INSERT OR IGNORE INTO once (key, at) VALUES (?, ?)", key, clock.millis());
            if (inserted == 1) {
                change.run();
            }
        });
    }

    /// Forgets keys that were used before the given time.
    public void trim(Instant before) {
        database.change(connection -> Sql.update(connection, "DELETE FROM once WHERE at < ?", before.toEpochMilli()));
    }
}

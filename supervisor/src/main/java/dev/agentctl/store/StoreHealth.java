package dev.agentctl.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Says in one line that the state file fails, and in another that it works again: on a full disk each of all that
/// would be kept fails, over and over. Guarded by the database's lock.
final class StoreHealth {
    private static final Logger LOG = LoggerFactory.getLogger(StoreHealth.class);

    /// A small write may find room on a full disk now and then.
    private static final long WELL_AFTER = TimeUnit.SECONDS.toNanos(5);

    private boolean failing;
    private long failedAt;
    /// How many rows had been written then, counting those that were taken back.
    private long written;

    void failed(Connection connection, String what) {
        if (!failing) {
            LOG.error("{}; what cannot be kept meanwhile is tried again or reported as lost", what);
        }
        failing = true;
        failedAt = System.nanoTime();
        written = written(connection, 0);
    }

    /// After a commit; what only read tells nothing.
    void worked(Connection connection, String file) {
        if (failing && System.nanoTime() - failedAt > WELL_AFTER && written(connection, written) > written) {
            failing = false;
            LOG.warn("the state file {} can be used again", file);
        }
    }

    private static long written(Connection connection, long otherwise) {
        try {
            return Sql.first(connection, row -> row.number("rows"), "SELECT total_changes() AS rows")
                    .orElse(otherwise);
        } catch (SQLException _) {
            return otherwise;
        }
    }
}

package dev.agentctl.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The supervisor's SQLite file. Any thread may call; one transaction runs at a time.
///
/// WAL with `synchronous=FULL`: what was committed survives a power loss, and a commit takes about 0.1 ms. Transactions
/// that wait for each other share one.
public final class Database implements AutoCloseable {
    /// SQLite's CORRUPT and NOTADB, in the lowest byte of its codes.
    private static final Set<Integer> DAMAGED = Set.of(11, 26);

    private static final int PRIMARY = 0xff;
    private static final String WHAT_TO_DO =
            "; it is damaged: move it and its -wal away to begin anew, or bring back a copy";

    private final Path file;
    private final Connection connection;
    private final ReentrantLock lock = new ReentrantLock();
    private final StoreHealth health = new StoreHealth();
    /// Of the transactions that have run and are not on disk yet; guarded by the lock.
    private SharedCommit next = new SharedCommit();
    private boolean closed; // guarded by the lock

    private Database(Path file, Connection connection) {
        this.file = file;
        this.connection = connection;
    }

    /// Has the part of SQLite that is not Java unpacked into this folder, which exists, and not into the temporary one.
    /// Before the first is opened.
    public static void unpackInto(Path folder) {
        System.setProperty("org.sqlite.tmpdir", folder.toString());
    }

    /// Opens the file, and makes it and its tables where they are missing.
    ///
    /// @throws StoreException if it cannot be opened or is no database
    public static Database open(Path file) {
        try {
            Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
            try (Statement statement = connection.createStatement()) {
                statement.execute("PRAGMA journal_mode=WAL");
                statement.execute("PRAGMA synchronous=FULL");
                statement.execute("PRAGMA foreign_keys=ON");
                statement.execute("PRAGMA busy_timeout=5000");
                // SQLite opens a file that fails for a moment as one to be read only, and would leave it so
                statement.execute("PRAGMA user_version=1");
                for (String ddl : schema().split(";\\s*\n", -1)) {
                    if (!ddl.isBlank()) {
                        statement.execute(ddl);
                    }
                }
            }
            connection.setAutoCommit(false);
            return new Database(file, connection);
        } catch (SQLException e) {
            throw new StoreException("cannot open the state file " + file + ": " + reason(e), e);
        }
    }

    /// Runs one transaction: all of it is durable when this returns, or none of it happened. Within another one it is a
    /// part of that.
    ///
    /// @throws StoreException if the database fails; the transaction is rolled back
    public <T extends @Nullable Object> T transact(Work<T> work) {
        lock.lock();
        SharedCommit commit = next;
        T result;
        try {
            if (lock.getHoldCount() > 1) {
                return runWithin(work);
            }
            result = runAlone(work);
        } finally {
            try {
                commitUnlessOthersFollow();
            } finally {
                lock.unlock();
            }
        }
        Optional<Exception> failure = commit.await();
        if (failure.isPresent()) {
            throw new StoreException(message(failure.get()), failure.get());
        }
        return result;
    }

    private <T extends @Nullable Object> T runWithin(Work<T> work) {
        try {
            return work.run(connection);
        } catch (SQLException e) {
            throw new StoreException(message(e), e);
        }
    }

    /// What others did before in the same commit stays where this one fails.
    private <T extends @Nullable Object> T runAlone(Work<T> work) {
        Savepoint before = null;
        try {
            before = next.isEmpty() ? null : connection.setSavepoint();
            T result = work.run(connection);
            if (before != null) {
                connection.releaseSavepoint(before);
            }
            next.add();
            return result;
        } catch (SQLException e) {
            rollBack(before, e);
            failed(e);
            throw new StoreException(message(e), e);
        } catch (RuntimeException e) {
            rollBack(before, e);
            throw e;
        }
    }

    /// A write to disk takes most of a transaction's time, so whoever has others behind it leaves that to them.
    private void commitUnlessOthersFollow() {
        boolean others = lock.hasQueuedThreads() && !next.isFull();
        if (lock.getHoldCount() == 1 && !others) {
            commit();
        }
    }

    private void commit() {
        if (next.isEmpty()) {
            return;
        }
        SharedCommit commit = next;
        next = new SharedCommit();
        try {
            connection.commit();
            commit.done();
            health.worked(connection, file.toString());
        } catch (SQLException | RuntimeException e) {
            rollBackAll(e);
            commit.failed(e);
            failed(e);
        }
    }

    private void failed(Exception e) {
        // those who are at work when all ends need no word
        if (!closed) {
            health.failed(connection, message(e));
        }
    }

    /// A transaction that returns nothing.
    public void change(Change change) {
        transact(connection -> {
            change.run(connection);
            return true;
        });
    }

    @Override
    public void close() {
        lock.lock();
        try {
            // whoever was before us may have left it to us
            commit();
            closed = true;
            connection.close();
        } catch (SQLException e) {
            throw new StoreException("cannot close the state file " + file + ": " + reason(e), e);
        } finally {
            lock.unlock();
        }
    }

    /// What runs inside a transaction and returns a result.
    @FunctionalInterface
    public interface Work<T extends @Nullable Object> {
        T run(Connection connection) throws SQLException;
    }

    /// What runs inside a transaction.
    @FunctionalInterface
    public interface Change {
        void run(Connection connection) throws SQLException;
    }

    /// @param before where this transaction began, if others are before it in the same commit
    private void rollBack(@Nullable Savepoint before, Exception because) {
        if (before != null) {
            try {
                connection.rollback(before);
                return;
            } catch (SQLException e) {
                // SQLite has taken back all of them
                because.addSuppressed(e);
            }
        }
        next.failed(because);
        next = new SharedCommit();
        rollBackAll(because);
    }

    private void rollBackAll(Exception because) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            because.addSuppressed(e);
            begin(because);
        }
    }

    /// A failing disk makes SQLite end the transaction itself. The driver then has nothing to roll back and begins no
    /// other, so that every statement from there on would be a transaction of its own, and every commit fail.
    private void begin(Exception because) {
        try (Statement statement = connection.createStatement()) {
            statement.execute("BEGIN");
        } catch (SQLException e) {
            because.addSuppressed(e);
        }
    }

    private String message(Exception e) {
        return "cannot use the state file " + file + ": " + reason(e);
    }

    private static String reason(Exception e) {
        String message = e.getMessage();
        return (message == null
                        ? e.getClass().getSimpleName()
                        : message.lines().findFirst().orElse(""))
                + (e instanceof SQLException sql && DAMAGED.contains(sql.getErrorCode() & PRIMARY) ? WHAT_TO_DO : "");
    }

    private static String schema() {
        try (InputStream in = Database.class.getResourceAsStream("schema.sql")) {
            if (in == null) {
                throw new IllegalStateException("schema.sql is missing from the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}

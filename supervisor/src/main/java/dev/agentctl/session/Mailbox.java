package dev.agentctl.session;

import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs a session's tasks one after another on its own thread, so that the session needs no locks. A task that fails
/// is reported and does not stop the others.
final class Mailbox implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Mailbox.class);

    private static final Duration UNKEPT = Duration.ofSeconds(2);

    private final String owner;
    private final ScheduledExecutorService timers;
    private final LinkedBlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
    private final Thread thread;
    private volatile boolean closed;

    Mailbox(String owner, ScheduledExecutorService timers) {
        this.owner = owner;
        this.timers = timers;
        this.thread = Thread.ofVirtual().name("session " + owner).start(this::run);
    }

    void post(Runnable task) {
        if (!closed) {
            tasks.add(task);
        }
    }

    /// Posts the task when the time has passed.
    void postAfter(Duration time, Runnable task) {
        try {
            var _ = timers.schedule(() -> post(task), time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            // the timers end after their sessions, one of which may be in the middle of its last task
            if (!closed) {
                throw e;
            }
        }
    }

    /// Runs a part of a task now. What it cannot keep, as on a full disk, is tried again until it is kept.
    ///
    /// @param still whether there is still reason to, asked before each further try
    void untilKept(Runnable part, BooleanSupplier still) {
        try {
            part.run();
        } catch (NotKeptException _) {
            postAfter(UNKEPT, () -> {
                if (still.getAsBoolean()) {
                    untilKept(part, still);
                }
            });
        }
    }

    /// Runs a part of a task now; what fails in it, such as a word to the operators on a full disk, must not keep the
    /// session from going on.
    void regardless(Runnable part) {
        try {
            part.run();
        } catch (NotKeptException e) {
            LOG.debug("session {}: {}", owner, e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("session {}: {}", owner, e.getMessage(), e);
        }
    }

    private void run() {
        while (!closed) {
            try {
                regardless(tasks.take());
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}

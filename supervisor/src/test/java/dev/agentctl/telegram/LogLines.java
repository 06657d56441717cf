package dev.agentctl.telegram;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.jspecify.annotations.Nullable;

/// Everything that is logged while it is open, as a file would show it.
final class LogLines extends Handler implements AutoCloseable {
    private final SimpleFormatter format = new SimpleFormatter();

    @GuardedBy("this")
    private final List<String> lines = new ArrayList<>();

    private LogLines() {}

    static LogLines open() {
        LogLines log = new LogLines();
        log.setLevel(Level.ALL);
        Logger.getLogger("").addHandler(log);
        return log;
    }

    synchronized List<String> all() {
        return List.copyOf(lines);
    }

    /// Waits until a line has the words, also one that is there already.
    synchronized void await(String words, Duration atMost) {
        long end = System.nanoTime() + atMost.toNanos();
        while (lines.stream().noneMatch(line -> line.contains(words))) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new AssertionError("not logged within " + atMost + ": " + words + "; there is " + lines);
            }
            try {
                wait(left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted while waiting for " + words, e);
            }
        }
    }

    @Override
    public synchronized void publish(@Nullable LogRecord entry) {
        if (entry != null) {
            lines.add(format.format(entry));
            notifyAll();
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        Logger.getLogger("").removeHandler(this);
    }
}

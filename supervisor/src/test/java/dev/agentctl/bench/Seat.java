package dev.agentctl.bench;

import dev.agentctl.pty.PtyChild;
import dev.agentctl.pty.PtyCommand;
import dev.agentctl.pty.PtyStartException;
import dev.agentctl.pty.Signal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// A program at a terminal of its own, as a person has it, whose output is read as fast as it comes.
final class Seat implements AutoCloseable {
    static final int COLUMNS = 120;
    static final int ROWS = 40;
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(120);

    private final PtyChild child;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition seen = lock.newCondition();
    private String wanted = ""; // guarded by lock, as all below
    private String tail = "";
    private long seenAt;
    private boolean ended;

    private Seat(PtyChild child) {
        this.child = child;
    }

    /// Starts the command in the keeper's home.
    static Seat take(BenchHome home, List<String> command) throws IOException {
        try {
            Seat seat =
                    new Seat(PtyChild.start(new PtyCommand(command, home.path(), home.environment(), COLUMNS, ROWS)));
            Thread.ofPlatform().daemon().name("seat").start(seat::read);
            return seat;
        } catch (PtyStartException e) {
            throw new IOException(e);
        }
    }

    long pid() {
        return child.pid();
    }

    private void read() {
        byte[] buffer = new byte[16 << 10];
        try {
            for (int count = child.read(buffer); count >= 0; count = child.read(buffer)) {
                take(buffer, count);
            }
            child.close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            end();
        }
    }

    private void end() {
        lock.lock();
        try {
            ended = true;
            seen.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void take(byte[] buffer, int count) {
        long now = System.nanoTime();
        lock.lock();
        try {
            if (!wanted.isEmpty()) {
                String text = tail + new String(buffer, 0, count, StandardCharsets.ISO_8859_1);
                if (text.contains(wanted)) {
                    wanted = "";
                    seenAt = now;
                    seen.signalAll();
                } else {
                    tail = text.substring(Math.max(0, text.length() - 200));
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /// From now on this text is looked for.
    void expect(String text) {
        lock.lock();
        try {
            wanted = text;
            tail = "";
        } finally {
            lock.unlock();
        }
    }

    /// When the text was there, as [System#nanoTime()].
    long await() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE;
        lock.lock();
        try {
            while (!wanted.isEmpty()) {
                long left = deadline - System.nanoTime();
                if (ended || left <= 0) {
                    throw new IOException("the terminal never showed '" + wanted + "', but at last '" + tail + "'");
                }
                var _ = seen.awaitNanos(left);
            }
            return seenAt;
        } finally {
            lock.unlock();
        }
    }

    void type(String keys) throws IOException {
        byte[] bytes = keys.getBytes(StandardCharsets.UTF_8);
        if (child.write(bytes, Duration.ofSeconds(20)) != bytes.length) {
            throw new IOException("a key was not taken");
        }
    }

    @Override
    public void close() {
        child.signal(Signal.KILL);
    }
}

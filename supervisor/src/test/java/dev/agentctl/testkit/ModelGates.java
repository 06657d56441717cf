package dev.agentctl.testkit;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// The gates that hold answers back. Every method may be called from any thread.
final class ModelGates {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    @GuardedBy("lock")
    private final Set<String> open = new HashSet<>();

    @GuardedBy("lock")
    private final Set<String> reached = new HashSet<>();

    @GuardedBy("lock")
    private boolean closed;

    /// Lets everything through that waits at this gate, now and later.
    void open(String name) {
        lock.lock();
        try {
            open.add(name);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Ends every wait for good.
    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Waits until the gate is open or everything is closed.
    void pass(String name) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            reached.add(name);
            changed.signalAll();
            while (!open.contains(name) && !closed) {
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    /// Waits until an answer has come to this gate; false where none did in time.
    boolean awaitReached(String name, Duration limit) throws InterruptedException {
        long left = limit.toNanos();
        lock.lockInterruptibly();
        try {
            while (!reached.contains(name) && left > 0) {
                left = changed.awaitNanos(left);
            }
            return reached.contains(name);
        } finally {
            lock.unlock();
        }
    }

    /// Lets this much time pass, or less where everything is closed.
    void pause(Duration time) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = time.toNanos();
            while (!closed && left > 0) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }
}

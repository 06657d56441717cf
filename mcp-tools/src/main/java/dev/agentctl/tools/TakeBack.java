package dev.agentctl.tools;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.agentctl.tools.OpenCall.Ending;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// The way back of what a call was given and its client did not take, which is known only later: a client that
/// cancels drops whatever still comes, and one that has got its answer does not cancel. It is gone once. Any thread
/// may call.
final class TakeBack {
    private final ReentrantLock lock = new ReentrantLock();

    @GuardedBy("lock")
    private Optional<Runnable> act = Optional.empty();

    @GuardedBy("lock")
    private boolean written;

    /// The call was given its answer.
    ///
    /// @param act puts it back to where it came from
    void arm(Runnable act) {
        lock.lock();
        try {
            this.act = Optional.of(act);
        } finally {
            lock.unlock();
        }
    }

    boolean isArmed() {
        lock.lock();
        try {
            return act.isPresent();
        } finally {
            lock.unlock();
        }
    }

    /// Something has left for the client. If it was the answer, a connection that breaks now says nothing of it.
    void written() {
        lock.lock();
        try {
            written = act.isPresent();
        } finally {
            lock.unlock();
        }
    }

    /// The call has ended so, maybe after its answer.
    void ended(Ending ending) {
        untaken(ending).ifPresent(Runnable::run);
    }

    private Optional<Runnable> untaken(Ending ending) {
        lock.lock();
        try {
            boolean taken = switch (ending) {
                case CANCELLED -> false;
                case CLIENT_GONE -> written;
                case TAKEN_UP, RESTARTING -> true;
            };
            if (taken) {
                return Optional.empty();
            }
            Optional<Runnable> back = act;
            act = Optional.empty();
            return back;
        } finally {
            lock.unlock();
        }
    }
}

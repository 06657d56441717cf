package dev.agentctl.tools;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.agentctl.tools.OpenCall.Ending;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// Every tool call that is being served, so that it can be found by its ids and ended. Any thread may call.
final class OpenCalls {
    /// One session's calls that may wait at the same time. Each holds a connection and about 0.2 MB.
    static final int MOST_WAITING = 64;

    private final Quota waiting = new Quota(MOST_WAITING);
    private final ReentrantLock lock = new ReentrantLock();

    @GuardedBy("lock")
    private final List<OpenCall> calls = new ArrayList<>();

    @GuardedBy("lock")
    private boolean closing;

    /// Adds a call. Once [#endAll] was called, a new call is told to stop waiting at once.
    void open(OpenCall call) {
        lock.lock();
        try {
            calls.add(call);
            if (closing) {
                call.handOver();
            }
        } finally {
            lock.unlock();
        }
    }

    void close(OpenCall call) {
        lock.lock();
        try {
            calls.remove(call);
        } finally {
            lock.unlock();
        }
    }

    /// The waiting calls of each session.
    Quota waiting() {
        return waiting;
    }

    /// Ends the call that a client cancelled; one that is not there has been answered already.
    void cancel(String mcpSession, Object requestId) {
        each(call -> call.is(mcpSession, requestId), call -> call.end(Ending.CANCELLED));
    }

    /// Ends the call that its client has taken up on another connection.
    void supersede(String mcpSession, Object requestId) {
        each(call -> call.is(mcpSession, requestId), OpenCall::supersede);
    }

    /// Ends every call, now and later, because we are being stopped.
    void endAll() {
        lock.lock();
        try {
            closing = true;
        } finally {
            lock.unlock();
        }
        each(_ -> true, OpenCall::handOver);
    }

    private void each(Predicate<OpenCall> which, Consumer<OpenCall> action) {
        List<OpenCall> found;
        lock.lock();
        try {
            found = calls.stream().filter(which).toList();
        } finally {
            lock.unlock();
        }
        // outside the lock: ending a wait runs whatever hangs on its future
        found.forEach(action);
    }
}

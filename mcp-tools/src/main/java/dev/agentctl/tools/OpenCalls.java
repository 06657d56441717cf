package dev.agentctl.tools;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.agentctl.tools.OpenCall.Ending;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Every tool call that is being served, so that it can be found by its ids and ended. Any thread may call.
final class OpenCalls {
    /// One session's calls that may wait at the same time. Each holds a connection and about 0.2 MB.
    static final int MOST_WAITING = 64;
    /// Of all sessions, for cancellations that come late: by milliseconds, so that this is plenty.
    private static final int MOST_ENDED = 1024;

    private final Quota waiting = new Quota(MOST_WAITING);
    private final ReentrantLock lock = new ReentrantLock();

    @GuardedBy("lock")
    private final List<OpenCall> calls = new ArrayList<>();

    /// Those that were given something and have ended, the newest last.
    @GuardedBy("lock")
    private final ArrayDeque<OpenCall> ended = new ArrayDeque<>();

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
            if (call.served()) {
                ended.add(call);
            }
            if (ended.size() > MOST_ENDED) {
                ended.remove();
            }
        } finally {
            lock.unlock();
        }
    }

    /// The waiting calls of each session.
    Quota waiting() {
        return waiting;
    }

    /// Ends the call that a client cancelled, or takes its answer back: the two may have crossed on their way.
    ///
    /// @return the keys of what was cancelled; none where this process has not served it
    List<String> cancel(String mcpSession, Object requestId) {
        Predicate<OpenCall> which = call -> call.is(mcpSession, requestId);
        List<OpenCall> open = each(which, call -> call.end(Ending.CANCELLED));
        List<OpenCall> late;
        lock.lock();
        try {
            late = ended.stream().filter(which).toList();
            ended.removeAll(late);
        } finally {
            lock.unlock();
        }
        late.forEach(call -> call.end(Ending.CANCELLED));
        return Stream.concat(open.stream(), late.stream()).map(OpenCall::key).toList();
    }

    /// Ends the call that its client has taken up on another connection.
    void supersede(String mcpSession, Object requestId) {
        var _ = each(call -> call.is(mcpSession, requestId), OpenCall::supersede);
    }

    /// Ends every call, now and later, because we are being stopped.
    void endAll() {
        lock.lock();
        try {
            closing = true;
        } finally {
            lock.unlock();
        }
        var _ = each(_ -> true, OpenCall::handOver);
    }

    private List<OpenCall> each(Predicate<OpenCall> which, Consumer<OpenCall> action) {
        List<OpenCall> found;
        lock.lock();
        try {
            found = calls.stream().filter(which).toList();
        } finally {
            lock.unlock();
        }
        // outside the lock: ending a wait runs whatever hangs on its future
        found.forEach(action);
        return found;
    }
}

package dev.agentctl.tools;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.agentctl.tools.CallJournal.OpenedSession;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// Which caller each MCP session belongs to, and what the SDK calls it. The SDK binds a session to nobody: without
/// this, any valid token with a guessed or leaked session id would reach another agent's session. It also forgets them
/// with the process, while clients keep their ids: a session of the former process gets a new one of the SDK's behind
/// the client's id. Any thread may call.
final class BoundSessions {
    /// A client that forgets its sessions may open this many before the one used longest ago is forgotten; a forgotten
    /// session is answered 404, upon which clients initialize again.
    static final int MOST_OF_A_CALLER = 32;

    /// The same for all callers together, so that the bindings of children long gone do not pile up.
    static final int MOST = 4096;

    private final CallJournal journal;
    private final ReentrantLock lock = new ReentrantLock();

    @GuardedBy("lock")
    private final LinkedHashMap<String, Bound> sessions = new LinkedHashMap<>(16, 0.75f, true);

    /// @param inner the SDK's id
    private record Bound(Caller caller, String inner) {}

    BoundSessions(CallJournal journal) {
        this.journal = journal;
    }

    /// A session that the SDK has just opened under the id that its client gets.
    void bind(OpenedSession session) {
        journal.sessionOpened(session);
        bind(session.id(), session.caller(), session.id());
    }

    /// Gives a session of the former process its place in this one.
    void bind(String mcpSession, Caller caller, String inner) {
        List<String> forgotten = new ArrayList<>();
        lock.lock();
        try {
            sessions.put(mcpSession, new Bound(caller, inner));
            List<String> own = new ArrayList<>();
            sessions.forEach((id, bound) -> {
                if (bound.caller.equals(caller)) {
                    own.add(id);
                }
            });
            if (own.size() > MOST_OF_A_CALLER) {
                forgotten.add(own.getFirst());
            } else if (sessions.size() > MOST) {
                forgotten.add(sessions.sequencedKeySet().getFirst());
            }
            forgotten.forEach(sessions::remove);
        } finally {
            lock.unlock();
        }
        forgotten.forEach(journal::sessionClosed);
    }

    /// The SDK's id of a caller's session; empty where this process has none.
    Optional<String> inner(String mcpSession, Caller caller) {
        lock.lock();
        try {
            Bound bound = sessions.get(mcpSession);
            return bound != null && bound.caller.equals(caller) ? Optional.of(bound.inner) : Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    /// A caller's session of the former process.
    Optional<OpenedSession> remembered(String mcpSession, Caller caller) {
        return journal.session(mcpSession).filter(session -> session.caller().equals(caller));
    }

    void forget(String mcpSession) {
        lock.lock();
        try {
            sessions.remove(mcpSession);
        } finally {
            lock.unlock();
        }
        journal.sessionClosed(mcpSession);
    }
}

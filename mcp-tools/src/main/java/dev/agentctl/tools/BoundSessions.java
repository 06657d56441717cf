package dev.agentctl.tools;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/// Which caller each MCP session belongs to. The SDK binds a session to nobody: without this, any valid token with a
/// guessed or leaked session id would reach another agent's session. Any thread may call.
final class BoundSessions {
    /// A client that forgets its sessions may open this many before the one used longest ago is forgotten; a forgotten
    /// session is answered 404, upon which clients initialize again.
    static final int MOST_OF_A_CALLER = 32;

    /// The same for all callers together, so that the bindings of children long gone do not pile up.
    static final int MOST = 4096;

    private final ReentrantLock lock = new ReentrantLock();

    @GuardedBy("lock")
    private final LinkedHashMap<String, Caller> callers = new LinkedHashMap<>(16, 0.75f, true);

    void bind(String mcpSession, Caller caller) {
        lock.lock();
        try {
            callers.put(mcpSession, caller);
            List<String> own = new ArrayList<>();
            callers.forEach((id, owner) -> {
                if (owner.equals(caller)) {
                    own.add(id);
                }
            });
            if (own.size() > MOST_OF_A_CALLER) {
                callers.remove(own.getFirst());
            }
            if (callers.size() > MOST) {
                callers.pollFirstEntry();
            }
        } finally {
            lock.unlock();
        }
    }

    boolean belongs(String mcpSession, Caller caller) {
        lock.lock();
        try {
            return caller.equals(callers.get(mcpSession));
        } finally {
            lock.unlock();
        }
    }

    void forget(String mcpSession) {
        lock.lock();
        try {
            callers.remove(mcpSession);
        } finally {
            lock.unlock();
        }
    }
}

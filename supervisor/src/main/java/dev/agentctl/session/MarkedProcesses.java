package dev.agentctl.session;

import dev.agentctl.agent.Environment;
import dev.agentctl.pty.Leftovers;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// The processes that sessions have started, by the cookie in their environment.
///
/// Each start of a child wants a look at all processes, so with a thousand sessions each look costs a thousand files:
/// one serves everybody who asked before it began. Any thread may call.
final class MarkedProcesses {
    private final ReentrantLock looking = new ReentrantLock();
    private volatile Look next = new Look();

    private static final class Look {
        private Optional<Map<String, List<Long>>> seen = Optional.empty(); // guarded by looking
    }

    /// Those that live now and have this cookie.
    List<Long> of(String cookie) {
        Look asked = next;
        looking.lock();
        try {
            if (asked.seen.isEmpty()) {
                // who asks from here on may speak of a process that this look has passed already
                next = new Look();
                asked.seen = Optional.of(Leftovers.all(Environment.SESSION_COOKIE));
            }
            return asked.seen.orElseThrow().getOrDefault(cookie, List.of());
        } finally {
            looking.unlock();
        }
    }
}

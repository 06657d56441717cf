package dev.agentctl.session;

import java.util.OptionalInt;

/// The ends of a session's children as they were seen. Only its session's mailbox tells it; any thread may ask.
final class ChildExits {
    private final MemoryKills memoryKills = new MemoryKills();
    private volatile ChildExit last = ChildExit.NONE;

    ChildExit last() {
        return last;
    }

    /// Whether the session's present child ends with this event.
    static boolean isEnd(SessionEvent event, long generation) {
        return event instanceof SessionEvent.HostLost
                || (event instanceof SessionEvent.ChildEnded ended && ended.generation() == generation);
    }

    /// The event, with a kill by the kernel told from another.
    SessionEvent explained(SessionEvent event, long generation) {
        return event instanceof SessionEvent.ChildEnded(long ended, int status, boolean _) && ended == generation
                ? new SessionEvent.ChildEnded(ended, status, memoryKills.explain(status))
                : event;
    }

    void happened(SessionEvent event, SessionView view) {
        if (event instanceof SessionEvent.ChildEnded(long generation, int status, boolean _)
                && generation >= last.generation()) {
            last = new ChildExit(generation, OptionalInt.of(status));
        } else if (event instanceof SessionEvent.HostLost && view.state().childPid() != 0) {
            last = new ChildExit(view.model().generation(), OptionalInt.empty());
        }
    }

    void alive(long pid) {
        memoryKills.alive(pid, System.nanoTime());
    }
}

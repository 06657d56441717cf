package dev.agentctl.session;

import dev.agentctl.agent.Agent;
import java.time.Instant;
import java.util.function.BiConsumer;

/// What every part of one session works with.
///
/// @param events takes what happens, and when it did; only the session's mailbox calls it
record Interior(
        Surroundings around,
        Agent agent,
        Mailbox mailbox,
        SessionRecord record,
        BiConsumer<SessionEvent, Instant> events) {
    String name() {
        return view().name();
    }

    SessionView view() {
        return record.view();
    }

    Instant now() {
        return around.clock().instant();
    }

    void happen(SessionEvent event) {
        happen(event, now());
    }

    /// With when it happened, which for what was kept is not this moment.
    void happen(SessionEvent event, Instant at) {
        events.accept(event, at);
    }
}

package dev.agentctl.session;

import dev.agentctl.agent.Agent;
import java.time.Instant;
import java.util.function.Consumer;

/// What every part of one session works with.
///
/// @param events takes what happens; only the session's mailbox calls it
record Interior(
        Surroundings around, Agent agent, Mailbox mailbox, SessionRecord record, Consumer<SessionEvent> events) {
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
        events.accept(event);
    }
}

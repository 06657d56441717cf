package dev.agentctl.chat;

import java.time.Instant;
import java.util.Optional;

/// A question that an agent asked its operators.
///
/// @param generation of the child that asked; negative for a client that is no child
/// @param unheard whether the client that waited for its answer has given up, so that the agent may never look for it
/// @param hash of what its card shows
public record AskedQuestion(
        String id,
        String session,
        String text,
        State state,
        Optional<String> answer,
        Instant asked,
        Instant expires,
        long generation,
        boolean unheard,
        String hash) {

    /// Once it is no longer open it never changes.
    public enum State {
        OPEN,
        ANSWERED,
        EXPIRED
    }
}

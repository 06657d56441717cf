package dev.agentctl.chat;

import java.time.Instant;
import java.util.Optional;

/// A question that an agent asked its operators.
public record AskedQuestion(
        String id, String session, String text, State state, Optional<String> answer, Instant asked, Instant expires) {

    /// Once it is no longer open it never changes.
    public enum State {
        OPEN,
        ANSWERED,
        EXPIRED
    }
}

package dev.agentctl.chat;

import java.time.Instant;
import java.util.Optional;

/// A dialog of an agent that operators may decide, as it is stored.
///
/// @param key what the agent's hook calls it
/// @param payload the hook's, from which everything that is shown is made
/// @param decision as [Choice#write] once it was decided
/// @param by who or what settled it, in words
public record StoredPrompt(
        String id,
        String session,
        String key,
        String hash,
        String payload,
        Instant asked,
        Instant expires,
        boolean expiryDenies,
        State state,
        Optional<String> decision,
        Optional<String> by) {

    /// Once it is no longer open it never changes.
    public enum State {
        OPEN,
        /// An operator decided.
        DECIDED,
        /// Nobody did in time.
        EXPIRED,
        /// It was answered at the terminal, or its agent ended.
        SETTLED
    }
}

package dev.agentctl.session;

import java.util.Optional;

/// Tool calls of agents that wait for a person's words.
public interface Waiters {
    /// Gives a message to the oldest of what a session waits for.
    ///
    /// @param origin where the message was written, which is told what became of it
    /// @param key the same for a repeated request, which is taken once
    /// @return [Outcome#TAKEN], [Outcome#KEPT], or [Outcome#UNKNOWN] where it waits for nothing
    Outcome take(String session, String text, Optional<Origin> origin, String key);

    /// Gives an answer to the question of that id, whichever session asked it.
    ///
    /// @param origin as for [#take]
    /// @param key as for [#take]
    /// @return [Outcome#UNKNOWN] where nobody asks anything
    default Outcome answer(String question, String text, Optional<Origin> origin, String key) {
        return Outcome.UNKNOWN;
    }

    /// What became of an answer.
    enum Outcome {
        /// A call that waits has it.
        TAKEN,
        /// It is the question's answer, which no call waits for now: the agent gets it when it looks, or as a message.
        KEPT,
        /// Another answer was first.
        ANSWERED_BEFORE,
        EXPIRED,
        UNKNOWN
    }
}

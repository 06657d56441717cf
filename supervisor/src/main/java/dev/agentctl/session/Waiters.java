package dev.agentctl.session;

/// Tool calls of agents that wait for a person's words.
public interface Waiters {
    /// Gives a message to the oldest waiting call of a session.
    ///
    /// @param key the same for a repeated request, which is taken once
    /// @return false when none waits
    boolean take(String session, String text, String key);

    /// Gives an answer to the question of that id, whichever session asked it.
    ///
    /// @param key as for [#take]
    /// @return [Outcome#UNKNOWN] where nobody asks anything
    default Outcome answer(String question, String text, String key) {
        return Outcome.UNKNOWN;
    }

    /// What became of an answer.
    enum Outcome {
        TAKEN,
        /// Another answer was first.
        ANSWERED_BEFORE,
        EXPIRED,
        UNKNOWN
    }
}

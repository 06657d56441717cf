package dev.agentctl.session;

/// Tool calls of agents that wait for a person's words.
public interface Waiters {
    /// Gives a message to the oldest waiting call of a session.
    ///
    /// @param key the same for a repeated request, which is taken once
    /// @return false when none waits
    boolean take(String session, String text, String key);
}

package dev.agentctl.session;

/// Tool calls of agents that wait for a person's words.
public interface Waiters {
    /// Gives a message to the oldest waiting call of a session.
    ///
    /// @return false when none waits
    boolean take(String session, String text);
}

package dev.agentctl.tools;

/// What a wait for the operator's next message came to.
public sealed interface Reply {
    /// The operator wrote this.
    record Answered(String text) implements Reply {}

    /// Nothing came in the time that the caller allowed.
    record TimedOut() implements Reply {}

    /// The wait was ended from our side, for instance because the session is being stopped.
    ///
    /// @param reason one line for the agent to read
    record Withdrawn(String reason) implements Reply {}
}

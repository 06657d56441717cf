package dev.agentctl.tools;

/// What became of an [Enclosure].
public sealed interface Shown {
    /// It is on disk; delivery follows on its own.
    record Stored() implements Shown {}

    /// It is not sent and was not stored.
    ///
    /// @param reason one line for the agent to read
    record Refused(String reason) implements Shown {}
}

package dev.agentctl.agent;

import java.time.Instant;
import java.util.Optional;

/// One step of a conversation, as the agent's own file of it tells.
///
/// @param at when, if the file says so
public record TranscriptEntry(Optional<Instant> at, Kind kind, String text) {
    /// Who or what speaks.
    public enum Kind {
        USER,
        AGENT,
        TOOL,
        RESULT,
        NOTE
    }
}

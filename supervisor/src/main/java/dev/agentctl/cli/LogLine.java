package dev.agentctl.cli;

import java.util.OptionalLong;

/// A line of a log.
///
/// @param at when it began, milliseconds since the epoch; empty where the log does not know
record LogLine(OptionalLong at, String text) {
    private static final String NO_TIME = "-------------------";

    /// With its time, in this machine's zone, before it.
    String stamped() {
        return (at.isPresent() ? Times.local(at.getAsLong()) : NO_TIME) + "  " + text;
    }
}

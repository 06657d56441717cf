package dev.agentctl.tools;

import java.time.Duration;

/// How often a waiting exchange shows a sign of life.
///
/// @param progress between two progress notifications of a waiting call; what keeps Claude Code's idle limit of five
///     minutes from ending it
/// @param comment between two comments on an open event stream; what finds out that a client has gone
record Pace(Duration progress, Duration comment) {
    static final Pace USUAL = new Pace(Duration.ofSeconds(15), Duration.ofSeconds(15));
}

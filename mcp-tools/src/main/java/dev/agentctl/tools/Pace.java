package dev.agentctl.tools;

import java.time.Duration;

/// How often a waiting exchange shows a sign of life, and how long silence is borne.
///
/// @param progress between two progress notifications of a waiting call; what keeps Claude Code's idle limit of five
///     minutes from ending it
/// @param comment between two comments on an open event stream; what finds out that a client has gone
/// @param sweep between two looks for MCP sessions whose client does nothing any more; clients open another when they
///     find theirs gone
record Pace(Duration progress, Duration comment, Duration sweep) {
    static final Pace USUAL = new Pace(Duration.ofSeconds(15), Duration.ofSeconds(15), Duration.ofMinutes(10));
}

/// The tools that an agent sees over MCP, and the port that they reach the human through.
///
/// This module is a leaf: it cannot see the supervisor.
@NullMarked
package dev.agentctl.tools;

import org.jspecify.annotations.NullMarked;

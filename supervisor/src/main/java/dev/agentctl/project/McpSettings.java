package dev.agentctl.project;

import java.util.Optional;

/// How the tools are offered to the agents.
///
/// @param toolPrefix put before every tool's name; empty for the plain names
/// @param port loopback port of the MCP server; 0 for one that is chosen once and kept
/// @param remote empty unless an operator's own clients may reach the sessions
public record McpSettings(String toolPrefix, int port, Optional<RemoteSettings> remote) {
    /// Where the configuration says nothing.
    public static final McpSettings DEFAULT = new McpSettings("", 0, Optional.empty());
}

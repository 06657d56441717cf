package dev.agentctl.project;

/// How the tools are offered to the agents.
///
/// @param toolPrefix put before every tool's name; empty for the plain names
/// @param port loopback port of the MCP server; 0 for one that is chosen once and kept
public record McpSettings(String toolPrefix, int port) {
    /// Where the configuration says nothing.
    public static final McpSettings DEFAULT = new McpSettings("", 0);
}

package dev.agentctl.doctor;

/// What the played model answers.
sealed interface ModelAnswer {
    record Text(String text) implements ModelAnswer {}

    /// A call of a tool.
    ///
    /// @param server the MCP server whose tool it is; empty for one of the agent's own
    /// @param arguments as JSON
    record Call(String server, String tool, String arguments) implements ModelAnswer {}
}

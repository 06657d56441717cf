package dev.agentctl.tools;

/// The names that tools are offered under, so that a tool's texts name the others as the agent knows them.
///
/// @param prefix stands before every name; usually empty
record ToolNames(String prefix) {
    String of(String name) {
        return prefix + name;
    }
}

package dev.agentctl.tools;

import java.util.Map;

/// The names that tools and their arguments are offered under, so that a tool's texts name the others as the agent
/// knows them.
///
/// With the prefix `telegram_` they are those of telegram-mcp-server and codex-mcp-telegram, which people have in their
/// prompts and permission rules.
///
/// @param prefix stands before every name; usually empty
record ToolNames(String prefix) {
    private static final String TELEGRAM = "telegram_";
    private static final Map<String, String> TELEGRAM_TOOLS = Map.of("ask", "prompt", "send_message", "send");
    private static final Map<String, Map<String, String>> TELEGRAM_ARGUMENTS = Map.of(
            "ask", Map.of("id", "correlation_id"),
            "poll", Map.of("id", "correlation_id"),
            "wait_reply", Map.of("timeout", "max_wait"),
            "unattended_mode", Map.of("report", "current_status", "timeout", "max_wait"),
            "send_image", Map.of("path", "image_path"),
            "send_file", Map.of("path", "file_path"));

    /// Whether agents expect the tools of telegram-mcp-server and codex-mcp-telegram.
    boolean isTelegram() {
        return prefix.equals(TELEGRAM);
    }

    String of(String name) {
        return prefix + (isTelegram() ? TELEGRAM_TOOLS.getOrDefault(name, name) : name);
    }

    /// How agents call an argument of a tool, or a field of its answer.
    String argument(String tool, String name) {
        return isTelegram() ? TELEGRAM_ARGUMENTS.getOrDefault(tool, Map.of()).getOrDefault(name, name) : name;
    }
}

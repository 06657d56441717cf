package dev.agentctl.tools;

/// What the tools' server is put into.
///
/// @param prefix before every tool's name; `telegram_` also gives the names and arguments of telegram-mcp-server
public record ToolSite(
        Callers callers,
        Operator operator,
        Neighbours neighbours,
        HookReceiver hooks,
        CallJournal journal,
        String prefix) {}

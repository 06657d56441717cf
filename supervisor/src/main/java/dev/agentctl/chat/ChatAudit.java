package dev.agentctl.chat;

/// Keeps who asked for what in a chat, and what came of it.
@FunctionalInterface
public interface ChatAudit {
    void record(String chat, String user, String action, String outcome);
}

package dev.agentctl.project;

import java.util.Arrays;
import java.util.Optional;

/// The program that a project runs in its terminal.
public enum AgentKind {
    CLAUDE("claude"),
    CODEX("codex"),
    GEMINI("gemini"),
    OPENCODE("opencode"),
    /// Any other terminal program; it is typed into and watched, but has no conversation that could be resumed.
    COMMAND("command");

    private final String word;

    AgentKind(String word) {
        this.word = word;
    }

    /// The word for it in the configuration, in the CLI and in JSON.
    public String word() {
        return word;
    }

    /// The kind that a configuration calls `word`.
    public static Optional<AgentKind> of(String word) {
        return Arrays.stream(values()).filter(kind -> kind.word.equals(word)).findFirst();
    }
}

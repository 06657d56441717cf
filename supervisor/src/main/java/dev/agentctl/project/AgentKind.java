package dev.agentctl.project;

import java.util.Arrays;
import java.util.Optional;

/// The program that a project runs in its terminal.
public enum AgentKind {
    CLAUDE("claude", true),
    CODEX("codex", true),
    GEMINI("gemini", true),
    OPENCODE("opencode", false),
    /// Any other terminal program; it is typed into and watched, but has no conversation that could be resumed.
    COMMAND("command", true);

    private final String word;
    private final boolean supported;

    AgentKind(String word, boolean supported) {
        this.word = word;
        this.supported = supported;
    }

    /// The word for it in the configuration, in the CLI and in JSON.
    public String word() {
        return word;
    }

    /// Whether this version can run it. A configuration that names another kind is refused.
    public boolean supported() {
        return supported;
    }

    /// The kind that a configuration calls `word`.
    public static Optional<AgentKind> of(String word) {
        return Arrays.stream(values()).filter(kind -> kind.word.equals(word)).findFirst();
    }
}

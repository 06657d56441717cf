package dev.agentctl.agent;

import dev.agentctl.project.AgentKind;
import dev.agentctl.project.Project;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// How one kind of agent is launched, typed into, resumed and stopped. Pure: what it decides is done elsewhere.
public sealed interface Agent permits ClaudeCode, Codex, PlainCommand {
    /// The agent of a project.
    static Agent of(AgentKind kind) {
        return switch (kind) {
            case CLAUDE -> new ClaudeCode();
            case CODEX -> new Codex();
            case COMMAND -> new PlainCommand();
            case GEMINI, OPENCODE ->
                throw new IllegalArgumentException("agent '" + kind.word() + "' is not supported yet");
        };
    }

    /// The start of the project's child.
    Launch launch(Project project, LaunchSite site, Conversation conversation);

    /// Whether it tells its state and proves what it accepted. Into one that does not, a message can only be typed.
    boolean reports();

    /// The id of a new conversation, where we choose it; else empty.
    Optional<String> newConversation();

    /// How a message that [Prompt#safe] made safe is typed.
    ///
    /// @param bracketedPaste whether the program has asked for pastes to be marked
    Keystrokes keystrokes(String message, boolean bracketedPaste);

    /// The body with which its `PermissionRequest` hook is answered.
    default String answer(String payload, Decision decision) {
        return DialogAnswer.NONE;
    }

    /// Whether a dialog can be answered in the terminal while its hook waits; else it opens only when the hook has
    /// nothing to say.
    default boolean opensDialogAtOnce() {
        return true;
    }

    /// Why its last turn failed, from the end of its own file of the conversation; empty where a hook tells that.
    default Optional<AgentEvent.TurnFailed> failure(List<String> transcript) {
        return Optional.empty();
    }

    /// What makes it quit by itself when it is idle.
    Keystrokes quit();

    /// The key that ends its turn, but not the program.
    byte[] interrupt();

    /// The program to start instead of the one that was found, where that is only a launcher.
    default Path program(Path found) {
        return found;
    }
}

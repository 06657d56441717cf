package dev.agentctl.agent;

import dev.agentctl.project.AgentKind;
import dev.agentctl.project.Project;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// How one kind of agent is launched, typed into, resumed and stopped. Pure: what it decides is done elsewhere.
public sealed interface Agent permits ClaudeCode, Codex, Gemini, Opencode, PlainCommand {
    /// The agent of a project.
    static Agent of(AgentKind kind) {
        return switch (kind) {
            case CLAUDE -> new ClaudeCode();
            case CODEX -> new Codex();
            case COMMAND -> new PlainCommand();
            case GEMINI -> new Gemini();
            case OPENCODE -> new Opencode();
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

    /// How soon after its Enter it reports a prompt that it took, at the latest.
    default Duration proofTime() {
        return Duration.ofSeconds(5);
    }

    /// The body with which its `PermissionRequest` hook is answered.
    default String answer(String payload, Decision decision) {
        return DialogAnswer.NONE;
    }

    /// Whether a dialog can be answered in the terminal while its hook waits; else it opens only when the hook has
    /// nothing to say.
    default boolean opensDialogAtOnce() {
        return true;
    }

    /// What a payload of its hooks says, in order; nothing for what does not matter here.
    ///
    /// @param at when the hook ran
    default List<AgentEvent> heard(String payload, Instant at) {
        return HookEvents.read(payload, at);
    }

    /// The state that it shows in its window's title.
    default Optional<AgentEvent.StatusPrinted> titled(String title) {
        return Optional.empty();
    }

    /// The beginning of the id of the conversation that it shows, where its window's title names it.
    default Optional<String> conversationTitled(String title) {
        return Optional.empty();
    }

    /// The conversation whose id begins so.
    ///
    /// @param open the files that its process has open
    default Optional<AgentEvent.ConversationBegan> conversation(List<Path> open, String beginning) {
        return Optional.empty();
    }

    /// Whether its screen shows what a message is typed into. For one that is seen idle while a dialog that no report
    /// tells of is open; never the only reason to type.
    default boolean showsComposer(Supplier<String> screen) {
        return true;
    }

    /// For how long one that works prints nothing only because a dialog of which it tells nothing hides what a message
    /// is typed into; empty where its screen does not show that.
    default Optional<Duration> silenceOfDialogs() {
        return Optional.empty();
    }

    /// For how long its screen must not have changed before anything is typed in its first minute; zero where it says
    /// itself that it listens.
    default Duration settling() {
        return Duration.ZERO;
    }

    /// Whether its file of a conversation is there before the first prompt is in it, and cannot be resumed then.
    default boolean resumesOnlyPrompted() {
        return false;
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

package dev.agentctl.agent;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/// What an agent reports of itself, in the words common to all agents. From its hooks unless noted.
public sealed interface AgentEvent {
    /// A conversation began or was resumed; from now on it is the one to resume.
    ///
    /// @param id the agent's own id
    /// @param transcript the agent's own file of it
    record ConversationBegan(String id, Optional<Path> transcript) implements AgentEvent {}

    /// The agent took this text as its user's prompt: the proof that a typed message arrived.
    record PromptAccepted(String prompt) implements AgentEvent {}

    /// A tool runs.
    ///
    /// @param tool its name and what it is used on, in one line
    record ToolBegan(String tool) implements AgentEvent {}

    /// A tool has ended.
    ///
    /// @param use which use of a tool, see [Dialog#use]
    record ToolEnded(String use) implements AgentEvent {}

    /// A dialog is open: nothing may be typed.
    record ApprovalAsked(String what) implements AgentEvent {}

    /// A dialog with a question is open.
    record QuestionAsked(String what) implements AgentEvent {}

    /// An operator has decided a dialog from afar; the agent goes on.
    record DialogDecided(String how) implements AgentEvent {}

    /// The turn is over.
    ///
    /// @param answer the agent's final words, whole; empty when it said none
    /// @param backgroundTasks how many commands or subagents of it go on
    record TurnEnded(String answer, int backgroundTasks) implements AgentEvent {
        public TurnEnded(String answer) {
            this(answer, 0);
        }
    }

    /// The turn ended in an error of the model's side: limit, login, server.
    ///
    /// @param limit where the next turn would end so too
    /// @param until when that ends, where it was told
    /// @param source what told it
    record TurnFailed(String reason, Optional<Limit> limit, Optional<Instant> until, String source)
            implements AgentEvent {
        public TurnFailed(String reason, Optional<Limit> limit, Optional<Instant> until) {
            this(reason, limit, until, "hook StopFailure");
        }

        public TurnFailed(String reason) {
            this(reason, Optional.empty(), Optional.empty());
        }
    }

    /// The person at the terminal interrupted the turn.
    record Interrupted() implements AgentEvent {}

    /// The state that the agent printed through its terminal (OSC 7501): `idle`, `working`, `done`, `blocked`,
    /// `error`, `clear`. Any tool can print it, so hooks outrank it.
    record StatusPrinted(String state, String kind, String message) implements AgentEvent {}

    /// What the patterns of its project find on the screen of a program that reports nothing itself.
    ///
    /// @param evidence which pattern matched which line
    /// @param line that matched
    record ScreenSeen(Kind kind, String evidence, String line) implements AgentEvent {
        /// What the match means.
        public enum Kind {
            READY,
            BUSY,
            DIALOG,
            /// No dialog, and nothing more is told by patterns.
            NOTHING
        }
    }

    /// The agent says that it ends.
    record Closing(String reason) implements AgentEvent {}
}

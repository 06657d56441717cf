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
    ///
    /// @param source what told it
    record PromptAccepted(String prompt, String source) implements AgentEvent {
        public PromptAccepted(String prompt) {
            this(prompt, "hook UserPromptSubmit");
        }
    }

    /// A tool runs.
    ///
    /// @param tool its name and what it is used on, in one line
    /// @param source what told it
    record ToolBegan(String tool, String source) implements AgentEvent {
        public ToolBegan(String tool) {
            this(tool, "hook PreToolUse");
        }
    }

    /// A tool has ended.
    ///
    /// @param use which use of a tool, see [Dialog#use]
    /// @param source what told it
    record ToolEnded(String use, String source) implements AgentEvent {
        public ToolEnded(String use) {
            this(use, "hook PostToolUse");
        }
    }

    /// A dialog is open: nothing may be typed.
    ///
    /// @param source what told it
    record ApprovalAsked(String what, String source) implements AgentEvent {
        public ApprovalAsked(String what) {
            this(what, "hook PermissionRequest");
        }
    }

    /// A dialog with a question is open.
    ///
    /// @param source what told it
    record QuestionAsked(String what, String source) implements AgentEvent {
        public QuestionAsked(String what) {
            this(what, "hook PermissionRequest");
        }
    }

    /// An operator has decided a dialog from afar; the agent goes on.
    record DialogDecided(String how) implements AgentEvent {}

    /// The turn is over.
    ///
    /// @param answer the agent's final words, whole; empty when it said none
    /// @param backgroundTasks how many commands or subagents of it go on
    /// @param source what told it
    record TurnEnded(String answer, int backgroundTasks, String source) implements AgentEvent {
        public TurnEnded(String answer, int backgroundTasks) {
            this(answer, backgroundTasks, "hook Stop");
        }

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
    ///
    /// @param source what told it
    record Interrupted(String source) implements AgentEvent {
        public Interrupted() {
            this("hook Interrupt");
        }
    }

    /// The agent waits for its first prompt. For one whose terminal would say so too early.
    record Ready(String source) implements AgentEvent {}

    /// The state that the agent printed through its terminal (OSC 7501, or its window's title): `idle`, `working`,
    /// `done`, `blocked`, `error`, `clear`. Any tool can print it, so hooks outrank it.
    record StatusPrinted(String state, String kind, String message, Road road) implements AgentEvent {
        /// How it came.
        public enum Road {
            OSC_7501("OSC 7501"),
            /// It says `idle` also while a dialog is open that comes before the first report.
            TITLE("the window's title");

            private final String words;

            Road(String words) {
                this.words = words;
            }

            /// For a person.
            public String words() {
                return words;
            }
        }

        public StatusPrinted(String state, String kind, String message) {
            this(state, kind, message, Road.OSC_7501);
        }
    }

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

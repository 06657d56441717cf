package dev.agentctl.session;

import java.util.Locale;
import java.util.Optional;

/// A message in a session's queue.
///
/// @param text made safe to be typed
/// @param origin empty for what the supervisor itself says
public record Message(long id, String session, String text, Optional<Origin> origin, Stage stage) {

    /// How its text begins, for a person.
    public String beginning(int longest) {
        return beginning(text, longest);
    }

    /// How a text begins, with an ellipsis where it goes on.
    public static String beginning(String text, int longest) {
        return text.codePointCount(0, text.length()) <= longest
                ? text
                : text.substring(0, text.offsetByCodePoints(0, longest - 1)) + "…";
    }

    /// How far a message has come. Each is durable before the next thing is done.
    ///
    /// ```
    /// stored ──► typing ──► submitting ──► typed ──► accepted
    ///    ▲          │            │         │ └─────► uncertain ──a late report──► accepted
    ///    ├──not submitted        └──not proven─────► uncertain
    ///    └──────────seen to be dropped─────┘
    /// stored ──► answered (a waiting tool call took it) | withdrawn
    /// ```
    public enum Stage {
        STORED,
        /// Its text is being put into the agent's composer; nothing has submitted it.
        TYPING,
        /// Its Enter is being pressed: from here on it may have been taken.
        SUBMITTING,
        /// Its Enter is in the terminal. For a program that reports nothing this is the end.
        TYPED,
        /// The agent itself reported it as its prompt.
        ACCEPTED,
        /// It may or may not have been taken; it is never typed again.
        UNCERTAIN,
        /// A waiting tool call returned it.
        ANSWERED,
        /// The session was deleted, or its queue emptied, before it could be typed.
        WITHDRAWN;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /// Whether it still waits to be typed.
        public boolean isQueued() {
            return this == STORED || this == TYPING || this == SUBMITTING;
        }
    }
}

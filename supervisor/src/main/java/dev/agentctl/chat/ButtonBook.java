package dev.agentctl.chat;

import java.time.Instant;

/// What the buttons of cards do. Durable; any thread may call.
///
/// An action is a command line of the chat behind a random id of 128 bits that nobody can guess and that works
/// once. It is bound to what was shown: one whose subject is gone or has another hash is stale.
public interface ButtonBook {
    /// Makes a button.
    ///
    /// @param command what pressing it does, as if the person had written it
    /// @param subject the prompt's id, empty where it is about none
    /// @param hash of what the card shows of the subject
    Button button(String label, String command, String subject, String hash, Instant expires);

    /// Uses an action up.
    ///
    /// @param key of the press; a redelivered press finds its action as it did the first time
    Taken take(String action, String user, String key);

    /// What is to be done about a press.
    sealed interface Taken {
        /// Do this, for the one who pressed.
        record Command(String line) implements Taken {}

        /// Someone pressed it before.
        record Used(String by, Instant at) implements Taken {}

        record Expired(Instant at) implements Taken {}

        /// Never made here, or forgotten, or about something else than was shown.
        record Unknown() implements Taken {}
    }
}

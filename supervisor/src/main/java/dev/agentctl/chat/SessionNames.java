package dev.agentctl.chat;

import java.util.Optional;

/// What a command may call a session by.
interface SessionNames {
    /// Where every word may be a name, and none is implied.
    SessionNames ANY = new SessionNames() {
        @Override
        public boolean isMeant(String word) {
            return true;
        }

        @Override
        public Optional<String> implied() {
            return Optional.empty();
        }
    };

    /// Whether a word is a session's name, or was probably meant to be.
    boolean isMeant(String word);

    /// Of which session a command speaks that names none.
    Optional<String> implied();
}

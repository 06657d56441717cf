package dev.agentctl.project;

import java.util.Arrays;
import java.util.Optional;

/// What an agent is told that is back in its conversation after it ended in the middle of a turn.
public enum OnCrash {
    /// What happened, and to go on.
    CONTINUE("continue"),
    /// Nothing: only the operator is told.
    IDLE("idle"),
    /// What happened, and the message again that the turn began with.
    RERUN("rerun");

    private final String word;

    OnCrash(String word) {
        this.word = word;
    }

    /// The word for it in the configuration.
    public String word() {
        return word;
    }

    /// What a configuration calls `word`.
    public static Optional<OnCrash> of(String word) {
        return Arrays.stream(values()).filter(what -> what.word.equals(word)).findFirst();
    }
}

package dev.agentctl.project;

import java.util.Arrays;
import java.util.Optional;

/// What the chats are told of a turn that goes on; its end and what it waits for are told always.
public enum Verbosity {
    /// Nothing.
    OFF("off"),
    /// How long it takes, and how many steps it has taken.
    TIME("time"),
    /// Its latest steps, too.
    STEPS("steps");

    private final String word;

    Verbosity(String word) {
        this.word = word;
    }

    /// The word for it in the configuration.
    public String word() {
        return word;
    }

    /// What a configuration calls `word`.
    public static Optional<Verbosity> of(String word) {
        return Arrays.stream(values()).filter(each -> each.word.equals(word)).findFirst();
    }
}

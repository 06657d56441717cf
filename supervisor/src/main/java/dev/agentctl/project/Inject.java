package dev.agentctl.project;

import java.util.Arrays;
import java.util.Optional;

/// How a message is typed into a program of kind `command`.
public enum Inject {
    /// As a bracketed paste, whether or not the program has asked for pastes to be marked.
    PASTE("paste"),
    /// As plain keys.
    LINE("line");

    private final String word;

    Inject(String word) {
        this.word = word;
    }

    static Optional<Inject> of(String word) {
        return Arrays.stream(values()).filter(way -> way.word.equals(word)).findFirst();
    }
}

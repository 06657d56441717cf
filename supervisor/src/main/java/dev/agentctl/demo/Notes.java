package dev.agentctl.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/// What the sample agent remembers when it is killed: its conversation, so to speak. Two small files in its folder.
record Notes(Path folder) {
    private static final String QUESTION = ".demo-question";
    private static final String COLOUR = ".demo-colour";

    /// The id of the question that it asked.
    Optional<String> question() throws IOException {
        return read(QUESTION);
    }

    /// The answer that it acted on.
    Optional<String> colour() throws IOException {
        return read(COLOUR);
    }

    void asked(String id) throws IOException {
        write(QUESTION, id);
    }

    void built(String colour) throws IOException {
        write(COLOUR, colour);
    }

    private Optional<String> read(String name) throws IOException {
        Path file = folder.resolve(name);
        return Files.exists(file) ? Optional.of(Files.readString(file, StandardCharsets.UTF_8)) : Optional.empty();
    }

    /// Whole or not at all, whenever it is killed.
    private void write(String name, String text) throws IOException {
        Path next = folder.resolve(name + ".new");
        Files.writeString(next, text, StandardCharsets.UTF_8);
        Files.move(next, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }
}

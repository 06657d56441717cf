package dev.agentctl.project;

import java.nio.file.Path;
import java.util.regex.Pattern;

/// Why a configuration is refused: one line for the operator that never holds a secret.
///
/// @param file the configuration, or a file that it names
/// @param line counted from 1; 0 where the file as a whole is meant, and then the message names it
/// @param message what is wrong and what to do, always a single line
public record Problem(Path file, int line, String message) {
    /// The longest message; a hostile key must not fill a screen.
    private static final int LONGEST = 400;

    /// What a bot token looks like: one that was put where a key or a word belongs would be quoted otherwise.
    private static final Pattern TOKEN = Pattern.compile("[0-9]{5,}:[A-Za-z0-9_-]{8,}");

    public Problem {
        message = printable(message);
    }

    /// As `agentctl.yaml:7: unknown key 'directroy' in project 'a'; did you mean 'directory'?`.
    @Override
    public String toString() {
        Path name = file.getFileName();
        return line == 0
                ? message
                : printable(String.valueOf(name == null ? file : name)) + ":" + line + ": " + message;
    }

    private static String printable(String text) {
        String hidden = TOKEN.matcher(text).replaceAll("(a token)");
        StringBuilder line = new StringBuilder();
        hidden.codePoints().limit(LONGEST).forEach(c -> {
            switch (Character.getType(c)) {
                case Character.CONTROL,
                        Character.FORMAT,
                        Character.LINE_SEPARATOR,
                        Character.PARAGRAPH_SEPARATOR,
                        Character.SURROGATE -> line.append("\\u").append(String.format("%04x", c));
                default -> line.appendCodePoint(c);
            }
        });
        return hidden.codePointCount(0, hidden.length()) > LONGEST
                ? line.append('…').toString()
                : line.toString();
    }
}

package dev.agentctl.project;

import java.nio.file.Path;
import java.util.regex.Pattern;

/// Why a configuration is refused: one line for the operator that never holds a secret.
///
/// @param file the configuration, or a file that it names
/// @param line counted from 1; 0 where the file as a whole is meant, and then the message names it
/// @param message what is wrong and what to do, always a single line
public record Problem(Path file, int line, String message) {
    /// The longest message, in characters, and the longest piece of the file in one; a hostile key must not fill a
    /// screen.
    private static final int LONGEST = 400;

    private static final int LONGEST_PIECE = 60;

    /// What a bot token looks like: one that was put where a key or a word belongs would be quoted otherwise.
    private static final Pattern TOKEN = Pattern.compile("[0-9]{5,}+:[A-Za-z0-9_-]{8,}+");

    /// What keys and tokens of all kinds look like, and words hardly ever: long, in capital and small letters.
    private static final Pattern RANDOM =
            Pattern.compile("(?=[A-Z0-9_-]*+[a-z])(?=[a-z0-9_-]*+[A-Z])[A-Za-z0-9_-]{20,}+");

    public Problem {
        message = shortened(printable(message), LONGEST);
    }

    /// As `agentctl.yaml:7: unknown key 'directroy' in project 'a'; did you mean 'directory'?`.
    @Override
    public String toString() {
        Path name = file.getFileName();
        return line == 0
                ? message
                : printable(String.valueOf(name == null ? file : name)) + ":" + line + ": " + message;
    }

    /// A piece of the file, fit for the middle of a message.
    static String cut(String piece) {
        return shortened(printable(piece), LONGEST_PIECE);
    }

    /// A key or value of the file, in quotes. It may be any text that landed in the wrong place, a torn token too.
    static String quoted(String piece) {
        String start = piece.substring(0, Math.min(piece.length(), 4 * LONGEST));
        return "'" + cut(RANDOM.matcher(start).replaceAll("(hidden)")) + "'";
    }

    private static String printable(String text) {
        String start = text.substring(0, Math.min(text.length(), 4 * LONGEST));
        StringBuilder line = new StringBuilder();
        TOKEN.matcher(start).replaceAll("(a token)").codePoints().forEach(c -> {
            if (isInvisible(c)) {
                line.append(String.format("\\u%04x", c));
            } else {
                line.appendCodePoint(c);
            }
        });
        return line.toString();
    }

    /// Whether it would break the line or change how the rest of it is shown.
    private static boolean isInvisible(int c) {
        int type = Character.getType(c);
        return type == Character.CONTROL
                || type == Character.FORMAT
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR
                || type == Character.SURROGATE;
    }

    private static String shortened(String text, int longest) {
        return text.codePointCount(0, text.length()) <= longest
                ? text
                : text.substring(0, text.offsetByCodePoints(0, longest)) + "…";
    }
}

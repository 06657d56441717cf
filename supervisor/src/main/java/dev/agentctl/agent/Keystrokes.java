package dev.agentctl.agent;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;

/// How a message is typed: first the text, then, after a pause and another look at the state, the key that submits
/// it.
///
/// @param text the bytes of one write
/// @param pause before `submit`; with less, the Enter becomes a line break of the message
/// @param submit the Enter; empty where the text has it
public record Keystrokes(byte[] text, Duration pause, byte[] submit) {
    /// Control-U and Delete, twenty times: empties a composer of up to ten lines (an interrupted prompt is put back
    /// there), and does nothing to an empty one. Escape twice would open a dialog.
    private static final String EMPTY_COMPOSER = "\u0015\u007f".repeat(20);

    private static final int LEAST_WIDTH = 60;

    /// A longer text stands in the composers of Claude Code, Codex, Gemini CLI and opencode as one word for it.
    private static final int LONGEST_UNFOLDED = 1_000;

    private static final Duration PASTE_PAUSE = Duration.ofMillis(150);

    /// One bracketed paste into an emptied composer. A space follows the text: a trailing `@word` would open a picker
    /// that eats the Enter.
    static Keystrokes paste(String message) {
        return new Keystrokes(
                bytes(EMPTY_COMPOSER + "\u001b[200~" + message + " \u001b[201~"), PASTE_PAUSE, bytes("\r"));
    }

    /// A command of the agent itself, into an emptied composer.
    static Keystrokes command(String command) {
        return new Keystrokes(
                bytes(EMPTY_COMPOSER + "\u001b[200~" + command + "\u001b[201~"), PASTE_PAUSE, bytes("\r"));
    }

    /// Into a composer that holds this text, which may be of more than ten lines as the program wraps them. No more
    /// keys than that takes: Codex draws its screen anew for each, 25 to 70 a second, and reads nothing meanwhile.
    public Keystrokes over(String standing) {
        if (standing.length() > LONGEST_UNFOLDED) {
            return this;
        }
        long lines = standing.lines()
                .mapToLong(line -> 1 + line.length() / LEAST_WIDTH)
                .sum();
        byte[] emptying = bytes("\u0015\u007f".repeat((int) lines * 2));
        byte[] whole = Arrays.copyOf(emptying, emptying.length + text.length);
        System.arraycopy(text, 0, whole, emptying.length, text.length);
        return new Keystrokes(whole, pause, submit);
    }

    /// For a program that takes an Enter after less time for a part of the text.
    Keystrokes after(Duration longer) {
        return new Keystrokes(text, longer, submit);
    }

    /// A line for a program that is no agent: pasted where it asked for that, else typed, its line breaks as Enter, and
    /// with the last Enter in the same write, for what is left standing there the next message would be joined to.
    static Keystrokes line(String message, boolean bracketedPaste) {
        return bracketedPaste
                ? new Keystrokes(bytes("\u001b[200~" + message + "\u001b[201~"), PASTE_PAUSE, bytes("\r"))
                : new Keystrokes(bytes(message.replace('\n', '\r') + "\r"), Duration.ZERO, new byte[0]);
    }

    /// Whether nothing follows upon the text.
    public boolean isWhole() {
        return submit.length == 0;
    }

    /// Whether lines of the text are submitted by the text itself, so that it cannot be taken back.
    public boolean submitsLines() {
        for (byte octet : text) {
            if (octet == '\r') {
                return true;
            }
        }
        return false;
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

package dev.agentctl.session;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// What is made of an agent that has not reported since its start. A dialog may be open in its terminal that comes
/// before its hooks do: the first run, a login, the trust in a folder. The screen is shown to a person and decides
/// nothing; that it has become still tells that the agent is not merely slow.
final class FirstReport {
    /// Claude Code and Codex have reported after 1 to 3 s.
    static final Duration DUE = Duration.ofSeconds(10);

    /// An agent that tells its state has told it when its conversation began and its screen has not changed for so
    /// long: after it in Claude Code 2.1.329, before it in Codex.
    static final Duration GREETED = Duration.ofSeconds(10);

    /// How long a screen with a dialog on it has not changed.
    static final Duration STILL = Duration.ofSeconds(5);

    /// A screen that is empty or moves is no longer waited for.
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final int LONGEST_LINE = 100;

    private FirstReport() {}

    /// Whether a person has to look.
    ///
    /// @param quiet for how long the terminal has printed nothing
    static boolean isMissed(Duration sinceStart, Duration quiet, String screen) {
        boolean still = !screen.isBlank() && quiet.compareTo(STILL) >= 0;
        return still || sinceStart.compareTo(PATIENCE) >= 0;
    }

    static Evidence evidence(String screen, Instant now) {
        String line = lastLine(screen);
        return new Evidence(
                line.isEmpty()
                        ? "no hook yet, and its screen is empty,"
                        : "no hook yet; its screen shows \"" + line + "\"",
                now);
    }

    /// The last line that says something: frames and marks do not.
    static String lastLine(String screen) {
        List<String> lines = screen.lines()
                .map(FirstReport::words)
                .filter(line -> line.codePoints().anyMatch(Character::isLetter))
                .toList();
        String last = lines.isEmpty() ? "" : lines.getLast();
        return last.length() > LONGEST_LINE ? last.substring(0, LONGEST_LINE) + "…" : last;
    }

    private static String words(String line) {
        return line.replaceAll("[\\u2500-\\u259F]", " ").replaceAll("\\s+", " ").strip();
    }
}

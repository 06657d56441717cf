package dev.agentctl.session;

import dev.agentctl.agent.AgentEvent.ScreenSeen;
import dev.agentctl.project.Habits;
import dev.agentctl.terminal.BoundedText;
import dev.agentctl.terminal.Screen;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// Reads the state of a program off its screen, by the patterns of its project. Pure.
///
/// Only the lowest lines count. An open dialog outranks everything, for typing into it would answer it; work outranks
/// readiness, for many programs show their prompt while they work. Where the cursor is shown, a prompt counts only on
/// its line or below: those above were answered.
final class ScreenPatterns {
    private static final int LINES = 20;
    /// About a millisecond; a pattern that needs more for a line is not found in it.
    private static final int MOST_READS = 50_000;

    private static final int LONGEST_LINE = 400;

    private final Optional<Pattern> ready;
    private final Optional<Pattern> busy;
    private final Optional<Pattern> dialog;

    ScreenPatterns(Habits habits) {
        ready = habits.ready().map(Pattern::compile);
        busy = habits.busy().map(Pattern::compile);
        dialog = habits.dialog().map(Pattern::compile);
    }

    /// What the screen tells; empty where it tells nothing.
    Optional<ScreenSeen> read(Screen screen) {
        int cursor = screen.cursorVisible() ? screen.cursorRow() : 0;
        int bottom = Math.max(cursor, lastWritten(screen));
        int top = Math.max(0, bottom - LINES + 1);
        Optional<String> asked = find(dialog, screen, top, bottom);
        if (asked.isPresent()) {
            return asked.map(line -> seen(ScreenSeen.Kind.DIALOG, "dialog", line));
        }
        Optional<String> works = find(busy, screen, top, bottom);
        if (works.isPresent()) {
            return works.map(line -> seen(ScreenSeen.Kind.BUSY, "busy", line));
        }
        Optional<String> waits = find(ready, screen, Math.max(top, cursor), bottom);
        if (waits.isPresent()) {
            return waits.map(line -> seen(ScreenSeen.Kind.READY, "ready", line));
        }
        return unmatched();
    }

    /// A program whose prompt is known works where it shows none; one whose work is known is ready where it does not.
    private Optional<ScreenSeen> unmatched() {
        if (ready.isPresent()) {
            return Optional.of(seen(ScreenSeen.Kind.BUSY, "ready", "no line matches"));
        }
        return busy.isPresent() || dialog.isPresent()
                ? Optional.of(seen(
                        busy.isPresent() ? ScreenSeen.Kind.READY : ScreenSeen.Kind.NOTHING,
                        busy.isPresent() ? "busy" : "dialog",
                        "no line matches"))
                : Optional.empty();
    }

    private static ScreenSeen seen(ScreenSeen.Kind kind, String pattern, String line) {
        return new ScreenSeen(kind, "pattern " + pattern + ": " + line, line);
    }

    private static int lastWritten(Screen screen) {
        return IntStream.iterate(screen.rows() - 1, row -> row > 0, row -> row - 1)
                .filter(row -> !screen.line(row).isEmpty())
                .findFirst()
                .orElse(0);
    }

    /// The lowest line in which the pattern is found.
    private static Optional<String> find(Optional<Pattern> pattern, Screen screen, int top, int bottom) {
        return pattern.flatMap(wanted -> IntStream.iterate(bottom, row -> row >= top, row -> row - 1)
                .mapToObj(row -> line(screen, row))
                .filter(line -> finds(wanted, line))
                .findFirst()
                .map(String::strip));
    }

    private static boolean finds(Pattern pattern, String line) {
        try {
            return BoundedText.finds(pattern, line, MOST_READS);
        } catch (BoundedText.TooManyReads _) {
            return false;
        }
    }

    /// A row's text, on the cursor's row with the blanks before the cursor: `>>> ` is a prompt with its space.
    private static String line(Screen screen, int row) {
        String text = screen.line(row);
        String whole = row == screen.cursorRow() ? text + " ".repeat(blanksBeforeCursor(screen)) : text;
        return whole.length() > LONGEST_LINE ? whole.substring(0, LONGEST_LINE) : whole;
    }

    private static int blanksBeforeCursor(Screen screen) {
        int row = screen.cursorRow();
        int cursor = screen.cursorColumn();
        int written = IntStream.range(0, screen.columns())
                .filter(column -> !blank(screen, row, column))
                .max()
                .orElse(-1);
        return Math.max(0, cursor - 1 - written);
    }

    private static boolean blank(Screen screen, int row, int column) {
        var cell = screen.cell(row, column);
        return cell.width() == 1 && cell.text().isBlank();
    }
}

package dev.agentctl.cli;

import dev.agentctl.terminal.Screen;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Keeps a part of the operator's terminal, from its upper left corner, showing a screen: writes the rows that have
/// changed. Not thread-safe.
final class ScreenView {
    private List<String> shown = List.of();
    private WindowSize size = new WindowSize(0, 0);

    /// What the terminal showed is no longer known.
    void forget() {
        shown = List.of();
    }

    /// The bytes that bring the terminal from the last screen to this one: its lowest rows that hold something, where
    /// there is not room for all, for there a program writes, asks and is typed to.
    ///
    /// @param room how much of the terminal there is
    byte[] lowest(Screen screen, WindowSize room) {
        return lowest(screen, room, "");
    }

    /// As the other.
    ///
    /// @param beside drawn in the same moment
    byte[] lowest(Screen screen, WindowSize room, String beside) {
        int last = screen.rows() - 1;
        while (last > 0 && screen.line(last).isEmpty() && !(screen.cursorVisible() && screen.cursorRow() == last)) {
            last--;
        }
        return update(screen, Math.max(0, last + 1 - room.rows()), room, beside);
    }

    /// As the other, from the first row on, where a mouse points at what is there.
    ///
    /// @param beside drawn in the same moment, outside of `room`
    byte[] update(Screen screen, WindowSize room, String beside) {
        return update(screen, 0, room, beside);
    }

    private byte[] update(Screen screen, int first, WindowSize room, String beside) {
        if (!room.equals(size)) {
            forget();
            size = room;
        }
        List<String> all = screen.ansiLines(room.columns());
        List<String> lines = all.subList(Math.min(first, all.size()), all.size());
        int rows = Math.min(lines.size(), room.rows());
        StringBuilder out = new StringBuilder("\u001b[?2026h\u001b[?25l\u001b[?7l");
        if (shown.isEmpty()) {
            out.append("\u001b[0m\u001b[2J");
        }
        for (int row = 0; row < rows; row++) {
            if (row >= shown.size() || !shown.get(row).equals(lines.get(row))) {
                out.append("\u001b[")
                        .append(row + 1)
                        // first: behind a full row the cursor stands on its last character
                        .append(";1H\u001b[K")
                        .append(lines.get(row));
            }
        }
        for (int row = rows; row < Math.min(shown.size(), room.rows()); row++) {
            out.append("\u001b[").append(row + 1).append(";1H\u001b[K");
        }
        shown = List.copyOf(lines.subList(0, rows));
        out.append(beside);
        cursor(screen, screen.cursorRow() - first, room, out);
        return out.append("\u001b[?2026l").toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void cursor(Screen screen, int row, WindowSize room, StringBuilder out) {
        boolean inside = row >= 0 && row < room.rows() && screen.cursorColumn() < room.columns();
        if (screen.cursorVisible() && inside) {
            out.append("\u001b[").append(row + 1).append(';').append(screen.cursorColumn() + 1);
            out.append("H\u001b[?25h");
        }
    }
}

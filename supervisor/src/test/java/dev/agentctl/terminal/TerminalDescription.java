package dev.agentctl.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;

/// Everything that can be told of a terminal, to compare two.
final class TerminalDescription {
    private TerminalDescription() {}

    static List<String> of(Terminal terminal) {
        Screen screen = terminal.screen();
        List<String> lines = new ArrayList<>(screen.lines());
        lines.addAll(terminal.historyText(100));
        lines.add(screen.cursorRow() + "," + screen.cursorColumn() + " " + screen.cursorVisible());
        lines.add(new String(terminal.redraw(100), UTF_8));
        return lines;
    }
}

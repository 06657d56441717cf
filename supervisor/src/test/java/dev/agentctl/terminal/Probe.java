package dev.agentctl.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.stream.Collectors;

/// A small terminal to try sequences on. In what it is fed, `^[` stands for ESC, `^G`, `^H` and `^J` for BEL, BS and
/// LF, and `^\` for the string terminator, so that tables stay readable.
final class Probe {
    private final Terminal terminal;

    Probe(int columns, int rows) {
        terminal = new Terminal(columns, rows, 50, _ -> {});
    }

    static Probe of(int columns, int rows, String output) {
        return new Probe(columns, rows).feed(output);
    }

    Probe feed(String output) {
        byte[] bytes = output.replace("^[", "\u001b")
                .replace("^G", "\u0007")
                .replace("^H", "\b")
                .replace("^J", "\n")
                .replace("^\\", "\u001b\\")
                .getBytes(UTF_8);
        terminal.feed(bytes, 0, bytes.length);
        return this;
    }

    Terminal terminal() {
        return terminal;
    }

    Cell cell(int row, int column) {
        return terminal.screen().cell(row, column);
    }

    /// All rows, divided by `/`, blanks as dots.
    String rows() {
        Screen screen = terminal.screen();
        return screen.lines().stream()
                .map(line -> line.replace(' ', '.'))
                .collect(Collectors.joining("/"))
                .replaceAll("/+$", "");
    }

    /// The cursor as `row,column`, counted from 1.
    String cursor() {
        Screen screen = terminal.screen();
        return (screen.cursorRow() + 1) + "," + (screen.cursorColumn() + 1);
    }

    /// What the terminal answers.
    String reply(String question) {
        feed(question);
        return new String(terminal.drainReplies(), UTF_8)
                .replace("\u001b\\", "^\\")
                .replace("\u001b", "^[");
    }

    /// Another terminal of the same size, made from a redraw of this one.
    Probe copy() {
        Probe copy = new Probe(terminal.columns(), terminal.rows());
        byte[] redraw = terminal.redraw(50);
        copy.terminal.feed(redraw, 0, redraw.length);
        return copy;
    }
}

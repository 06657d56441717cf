package dev.agentctl.cli;

import dev.agentctl.host.LogItem;
import dev.agentctl.host.Mark;
import dev.agentctl.terminal.Screen;
import dev.agentctl.terminal.Terminal;
import dev.agentctl.terminal.TerminalEvents;

/// A session's terminal, kept here too: begun from the supervisor's drawing of it, and gone on with from the host's
/// log. Its questions are left to the supervisor's own. Any thread may call.
final class SessionMirror {
    private final int historyLines;
    private final TerminalEvents events;
    private Terminal terminal; // guarded by this

    /// One moment of it.
    record Frame(Screen screen, byte[] inputModes) {}

    SessionMirror(int columns, int rows, int historyLines, byte[] drawing) {
        this(columns, rows, historyLines, drawing, _ -> {});
    }

    /// @param events told of what the program says besides drawing, by whoever feeds
    SessionMirror(int columns, int rows, int historyLines, byte[] drawing, TerminalEvents events) {
        this.historyLines = historyLines;
        this.events = events;
        this.terminal = fresh(columns, rows);
        terminal.feed(drawing, 0, drawing.length);
    }

    private Terminal fresh(int columns, int rows) {
        return new Terminal(columns, rows, historyLines, events);
    }

    /// Takes the next item of the log.
    synchronized void take(LogItem item) {
        switch (item) {
            case LogItem.Bytes(long _, byte[] bytes) -> {
                terminal.feed(bytes, 0, bytes.length);
                byte[] _ = terminal.drainReplies();
            }
            case LogItem.Marked marked -> mark(marked.mark());
            case LogItem.Gap _, LogItem.End _ -> {
                // whoever reads the log begins anew
            }
        }
    }

    private void mark(Mark mark) {
        switch (mark) {
            case Mark.Resized(int columns, int rows) -> terminal.resize(columns, rows);
            case Mark.Started _ -> terminal = fresh(terminal.columns(), terminal.rows());
            case Mark.Exited _ -> {
                // the last screen stays
            }
        }
    }

    synchronized Screen screen() {
        return terminal.screen();
    }

    /// Whether the program is in the middle of drawing.
    synchronized boolean drawing() {
        return terminal.synchronizedUpdate();
    }

    /// The screen, and the bytes that give the person's terminal the keyboard, mouse and cursor shape that the program
    /// asked for at that moment.
    synchronized Frame frame() {
        return new Frame(terminal.screen(), terminal.inputModes());
    }

    /// The newest lines of the history, then the screen; without trailing blanks.
    synchronized String text(int history) {
        return joined(terminal.historyText(history)) + terminal.screen().text();
    }

    /// As [#text], with the colours as SGR sequences.
    synchronized String ansi(int history) {
        return joined(terminal.historyAnsi(history)) + terminal.screen().ansi();
    }

    private static String joined(Iterable<String> lines) {
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append(line).append('\n'));
        return text.toString();
    }
}

package dev.agentctl.terminal;

import java.util.ArrayList;
import java.util.List;

/// A terminal emulator: takes a program's output and knows what a real terminal would show.
///
/// It emulates a VT220 with xterm's extensions as coding agents use them, and names itself agentctl. Input is
/// hostile: no byte sequence makes a method throw or memory grow without bound. Not thread-safe; one thread owns
/// each instance. It has no clock: while [#synchronizedUpdate] holds, the program is in the middle of drawing, and
/// the owner decides how long to wait before it takes the [#screen] all the same.
public final class Terminal {
    static final int LEAST_COLUMNS = 2;
    static final int GREATEST_SIZE = 1000;
    private static final int GREATEST_HISTORY = 100_000;

    private final TerminalState state;
    private final Interpreter interpreter;
    private final Parser parser;

    /// A blank screen with the cursor at home.
    ///
    /// @param columns 2 to 1000; other values are taken to the nearest
    /// @param rows 1 to 1000; other values are taken to the nearest
    /// @param historyLines how many lines that scrolled off are kept
    /// @param events told during [#feed]
    public Terminal(int columns, int rows, int historyLines, TerminalEvents events) {
        state = new TerminalState(
                sanePositive(columns, LEAST_COLUMNS),
                sanePositive(rows, 1),
                Math.clamp(historyLines, 0, GREATEST_HISTORY));
        interpreter = new Interpreter(state, events);
        parser = new Parser(interpreter);
    }

    private static int sanePositive(int size, int least) {
        return Math.clamp(size, least, GREATEST_SIZE);
    }

    /// Takes output of the program, cut anywhere.
    public void feed(byte[] bytes, int offset, int length) {
        parser.feed(bytes, offset, offset + length);
    }

    /// Changes the size. The main screen and its history are laid out anew (see [Reflow]), the alternate screen is
    /// cropped or padded; the scrolling region becomes the whole screen.
    public void resize(int columns, int rows) {
        int newColumns = sanePositive(columns, LEAST_COLUMNS);
        int newRows = sanePositive(rows, 1);
        if (newColumns == state.columns && newRows == state.rows) {
            return;
        }
        if (state.isAlternate()) {
            resizeUnderAlternate(newColumns, newRows);
            cropAlternate(newColumns, newRows);
        } else {
            resizeMain(newColumns, newRows);
            crop(state.alternate, 0, newColumns, newRows);
        }
        state.columns = newColumns;
        state.rows = newRows;
        state.margins.resize(newColumns, newRows);
        state.tabs.resize(newColumns);
        state.lastPrinted = 0;
        state.cursor.row = Math.clamp(state.cursor.row, 0, newRows - 1);
        state.cursor.column = Math.clamp(state.cursor.column, 0, newColumns - 1);
    }

    private void resizeMain(int newColumns, int newRows) {
        Cursor cursor = state.cursor;
        Reflow.Position moved = Reflow.apply(
                state.main, new Reflow.Position(cursor.row, cursor.column, cursor.pendingWrap), newColumns, newRows);
        cursor.row = moved.row();
        cursor.column = moved.column();
        cursor.pendingWrap = moved.pendingWrap();
        state.main.saved = clamped(state.main.saved, newColumns, newRows);
    }

    /// While the alternate screen is shown, the main one's cursor is the saved one.
    private void resizeUnderAlternate(int newColumns, int newRows) {
        SavedCursor saved = state.main.saved;
        Reflow.Position moved = Reflow.apply(
                state.main, new Reflow.Position(saved.row(), saved.column(), saved.pendingWrap()), newColumns, newRows);
        state.main.saved = saved.at(moved.row(), moved.column(), moved.pendingWrap());
    }

    private static SavedCursor clamped(SavedCursor saved, int columns, int rows) {
        return saved.at(Math.min(saved.row(), rows - 1), Math.min(saved.column(), columns - 1), false);
    }

    private void cropAlternate(int newColumns, int newRows) {
        int dropped = Math.max(0, state.cursor.row - newRows + 1);
        crop(state.alternate, dropped, newColumns, newRows);
        state.cursor.row -= dropped;
        state.cursor.pendingWrap = false;
    }

    private void crop(Buffer buffer, int dropped, int newColumns, int newRows) {
        List<Row> rows = new ArrayList<>(newRows);
        for (int i = 0; i < newRows; i++) {
            boolean exists = dropped + i < state.rows;
            rows.add(exists ? buffer.grid.row(dropped + i).resized(newColumns) : new Row(newColumns));
        }
        rows.getLast().endLine();
        buffer.grid = new Grid(newColumns, rows);
        buffer.saved = clamped(buffer.saved, newColumns, newRows);
    }

    /// The answers to the program's questions since the last call, to be written to its input.
    public byte[] drainReplies() {
        return interpreter.reports().drain();
    }

    /// What is shown now.
    public Screen screen() {
        return new Screen(state);
    }

    /// Bytes that rebuild this terminal in another one of the same size that is fresh, or as after [DetachReset].
    /// The program's further output may follow at once, also where it was cut inside a sequence: the bytes end with
    /// the unfinished part. They clear the other terminal's screen first.
    ///
    /// @param historyLines how many lines of the history to rebuild, the newest
    public byte[] redraw(int historyLines) {
        return new Redraw(state).bytes(historyLines, parser);
    }

    /// The newest lines of the history, oldest first, each without trailing blanks.
    public List<String> historyText(int lines) {
        return state.main.history.last(lines, state.columns).stream()
                .map(RowText::plain)
                .toList();
    }

    /// The newest lines of the history and the screen, oldest first, without the blank ones at the end. Rows that
    /// a long line was broken into are one line again.
    ///
    /// @param rows how many rows are looked at
    public List<String> lastLines(int rows) {
        List<Row> looked = new ArrayList<>(state.main.history.last(Math.max(0, rows - state.rows), state.columns));
        looked.addAll(state.grid().rows());
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (Row row : looked) {
            line.append(RowText.plain(row));
            if (!row.wrapped) {
                lines.add(line.toString());
                line.setLength(0);
            }
        }
        while (!lines.isEmpty() && lines.getLast().isEmpty()) {
            lines.removeLast();
        }
        return lines;
    }

    /// As [#historyText] with the colours as SGR sequences; each line begins and ends in the plain style.
    public List<String> historyAnsi(int lines) {
        return state.main.history.last(lines, state.columns).stream()
                .map(RowText::styled)
                .toList();
    }

    public int historySize() {
        return state.main.history.size();
    }

    public int columns() {
        return state.columns;
    }

    public int rows() {
        return state.rows;
    }

    public String title() {
        return state.title;
    }

    public boolean alternateScreen() {
        return state.isAlternate();
    }

    /// Whether the program wants pasted text marked as such (mode 2004).
    public boolean bracketedPaste() {
        return state.modes.isSet(Mode.BRACKETED_PASTE);
    }

    /// Whether cursor keys are to be sent as `ESC O A` instead of `ESC [ A` (DECCKM).
    public boolean applicationCursorKeys() {
        return state.modes.isSet(Mode.CURSOR_KEYS);
    }

    /// How the program wants its keys.
    public KeyboardModes keyboard() {
        return new KeyboardModes(
                state.modes.isSet(Mode.CURSOR_KEYS), state.modes.isSet(Mode.KEYPAD), state.current.keyboard.current());
    }

    /// The bytes that give another terminal, whatever modes it has, this one's of keyboard, mouse and cursor shape.
    public byte[] inputModes() {
        return InputModes.of(state);
    }

    /// Whether a copy made by [#redraw] now would go on exactly like this terminal; only contrived output prevents it.
    boolean hasExactRedraw() {
        return Redraw.isExact(state);
    }

    /// Whether the program wants to know when its terminal gains or loses the focus (mode 1004).
    public boolean focusEvents() {
        return state.modes.isSet(Mode.FOCUS_EVENTS);
    }

    /// The kitty keyboard flags in force, 0 for none.
    public int kittyKeyboardFlags() {
        return state.current.keyboard.current();
    }

    /// Whether the program said that it is in the middle of drawing (mode 2026).
    public boolean synchronizedUpdate() {
        return state.modes.isSet(Mode.SYNCHRONIZED);
    }
}

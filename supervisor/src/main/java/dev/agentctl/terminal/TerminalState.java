package dev.agentctl.terminal;

import java.util.ArrayList;
import java.util.List;

/// Everything a terminal remembers, and the moves that several sequences share.
///
/// Used by one thread. Rows and columns count from 0 here; the region's `bottom` is its last row.
final class TerminalState {
    static final int TITLE_STACK_LIMIT = 10;

    int columns;
    int rows;
    final Buffer main;
    Buffer current;
    final Cursor cursor = new Cursor();
    final Pen pen = new Pen();
    final Charsets charsets = new Charsets();
    final Modes modes = new Modes();
    final TabStops tabs;
    int top;
    int bottom;
    /// What REP repeats: the last character printed, 0 once anything else than printing moved the cursor or
    /// changed the screen.
    int lastPrinted;
    /// DECSCUSR, 0 is the terminal's own.
    int cursorShape;
    /// xterm's modifyOtherKeys, 0 to 2.
    int modifyOtherKeys;
    String title = "";
    final List<String> titles = new ArrayList<>();

    TerminalState(int columns, int rows, int historyLines) {
        this.columns = columns;
        this.rows = rows;
        main = new Buffer(columns, rows, historyLines);
        current = main;
        tabs = new TabStops(columns);
        bottom = rows - 1;
    }

    boolean isAlternate() {
        return current != main;
    }

    Grid grid() {
        return current.grid;
    }

    Row row() {
        return current.grid.row(cursor.row);
    }

    /// The style of cells that are erased or scrolled in.
    long fill() {
        return Style.erased(pen.style);
    }

    void moveTo(int row, int column) {
        cursor.row = Math.clamp(row, 0, rows - 1);
        cursor.column = Math.clamp(column, 0, columns - 1);
        cursor.pendingWrap = false;
    }

    /// Moves to an address of the program, which counts from the region's top in origin mode.
    void address(int row, int column) {
        if (modes.isSet(Mode.ORIGIN)) {
            moveTo(Math.clamp(row, 0, bottom - top) + top, column);
        } else {
            moveTo(row, column);
        }
    }

    void home() {
        address(0, 0);
    }

    /// One row down; at the region's last row the region scrolls instead.
    void index() {
        cursor.pendingWrap = false;
        if (cursor.row == bottom) {
            scrollUp(1);
        } else if (cursor.row < rows - 1) {
            cursor.row++;
        }
    }

    void reverseIndex() {
        cursor.pendingWrap = false;
        if (cursor.row == top) {
            scrollDown(1);
        } else if (cursor.row > 0) {
            cursor.row--;
        }
    }

    void scrollUp(int lines) {
        if (top == 0) {
            grid().scrollUp(top, bottom, lines, fill(), current.history);
        } else {
            grid().scrollUp(top, bottom, lines, fill());
        }
    }

    void scrollDown(int lines) {
        if (top == 0) {
            current.history.endLine();
        }
        grid().scrollDown(top, bottom, lines, fill());
    }

    void setRegion(int newTop, int newBottom) {
        if (newTop < newBottom) {
            top = newTop;
            bottom = newBottom;
            home();
        }
    }

    void saveCursor() {
        current.saved = new SavedCursor(
                cursor.row,
                cursor.column,
                cursor.pendingWrap && cursor.column == columns - 1,
                pen.style,
                pen.extra,
                modes.isSet(Mode.ORIGIN),
                charsets.selection());
    }

    void restoreCursor() {
        SavedCursor saved = current.saved;
        moveTo(saved.row(), saved.column());
        cursor.pendingWrap = saved.pendingWrap();
        pen.set(saved.style(), saved.extra());
        modes.set(Mode.ORIGIN, saved.origin());
        charsets.select(saved.charsets());
    }

    /// The alternate screen always starts blank: nothing of an earlier visit is kept.
    void enterAlternate() {
        if (!isAlternate()) {
            current = new Buffer(columns, rows, 0);
        }
    }

    void leaveAlternate() {
        current = main;
    }

    /// DECSTR: modes, pen and margins as after power-on; the screen and the cursor stay.
    void softReset() {
        modes.set(Mode.CURSOR_VISIBLE, true);
        modes.set(Mode.ORIGIN, false);
        modes.set(Mode.INSERT, false);
        modes.set(Mode.AUTOWRAP, true);
        modes.set(Mode.REVERSE_WRAP, false);
        modes.set(Mode.CURSOR_KEYS, false);
        modes.set(Mode.KEYPAD, false);
        top = 0;
        bottom = rows - 1;
        pen.set(Style.PLAIN, Extra.NONE);
        charsets.select(Charsets.Selection.ASCII);
        current.saved = SavedCursor.HOME;
    }

    /// RIS: as after power-on; the history stays, as scrolling back must survive a program's `reset`.
    void hardReset() {
        leaveAlternate();
        softReset();
        modes.reset();
        tabs.reset();
        main.keyboard.reset();
        modifyOtherKeys = 0;
        cursorShape = 0;
        lastPrinted = 0;
        title = "";
        titles.clear();
        main.history.endLine();
        main.grid.clearRows(0, rows, Style.PLAIN);
        moveTo(0, 0);
    }
}

package dev.agentctl.terminal;

import java.util.ArrayList;
import java.util.List;

/// Everything a terminal remembers, and the moves that several sequences share.
///
/// Used by one thread. Rows and columns count from 0 here.
final class TerminalState {
    static final int TITLE_STACK_LIMIT = 10;

    int columns;
    int rows;
    final Buffer main;
    final Buffer alternate;
    Buffer current;
    final Cursor cursor = new Cursor();
    final Pen pen = new Pen();
    final SavedPens pens = new SavedPens();
    final Charsets charsets = new Charsets();
    final Modes modes = new Modes();
    final TabStops tabs;
    final Colours colours = new Colours();
    final Margins margins;
    /// What REP repeats: the last character printed, 0 once anything else than printing moved the cursor or
    /// changed the screen.
    int lastPrinted;
    /// DECSCUSR, 0 is the terminal's own.
    int cursorShape;
    /// xterm's modifyOtherKeys, 0 to 2.
    int modifyOtherKeys;
    /// Protection was switched on by SPA (ISO) last, not by DECSCA: then all erasing spares protected cells.
    boolean isoProtection;
    /// DECSACE: attribute changes take a rectangle instead of a run of text.
    boolean attributesInRectangle;
    String title = "";
    final List<String> titles = new ArrayList<>();

    TerminalState(int columns, int rows, int historyLines) {
        this.columns = columns;
        this.rows = rows;
        main = new Buffer(columns, rows, historyLines);
        alternate = new Buffer(columns, rows, 0);
        current = main;
        tabs = new TabStops(columns);
        margins = new Margins(columns, rows);
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

    /// Moves to an address of the program, which counts from the region's first cell in origin mode.
    void address(int row, int column) {
        if (modes.isSet(Mode.ORIGIN)) {
            int top = margins.top;
            int left = margins.left;
            moveTo(Math.clamp(row, 0, margins.bottom - top) + top, Math.clamp(column, 0, margins.right - left) + left);
        } else {
            moveTo(row, column);
        }
    }

    /// Moves within the row, and the other one within the column; the other coordinate stays, wherever it is.
    void addressColumn(int column) {
        int row = cursor.row;
        address(0, column);
        cursor.row = row;
    }

    void addressRow(int row) {
        int column = cursor.column;
        address(row, 0);
        cursor.column = column;
    }

    void home() {
        address(0, 0);
    }

    /// To the first column, or to the left margin from anywhere right of it.
    void carriageReturn() {
        boolean toMargin = modes.isSet(Mode.ORIGIN) || cursor.column >= margins.left;
        cursor.column = toMargin ? margins.left : 0;
        cursor.pendingWrap = false;
    }

    /// One row down; at the region's last row the region scrolls instead.
    void index() {
        cursor.pendingWrap = false;
        if (cursor.row == margins.bottom) {
            if (margins.hasColumn(cursor.column)) {
                scrollUp(1);
            }
        } else if (cursor.row < rows - 1) {
            cursor.row++;
        }
    }

    void reverseIndex() {
        cursor.pendingWrap = false;
        if (cursor.row == margins.top) {
            if (margins.hasColumn(cursor.column)) {
                scrollDown(1);
            }
        } else if (cursor.row > 0) {
            cursor.row--;
        }
    }

    void scrollUp(int lines) {
        current.scrollUp(margins, lines, fill());
    }

    void scrollDown(int lines) {
        current.insertLines(margins.top, margins, lines, fill());
    }

    void setRegion(int newTop, int newBottom) {
        if (newTop < newBottom) {
            margins.top = newTop;
            margins.bottom = newBottom;
            home();
        }
    }

    void setSideMargins(int newLeft, int newRight) {
        if (newLeft < newRight) {
            margins.left = newLeft;
            margins.right = newRight;
            home();
        }
    }

    void protect(boolean on) {
        pen.style = on ? pen.style | Style.PROTECTED : pen.style & ~Style.PROTECTED;
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

    void enterAlternate() {
        current = alternate;
    }

    void leaveAlternate() {
        current = main;
    }

    void clearAlternate(long fill) {
        alternate.grid.clearRows(0, rows, fill);
    }

    /// DECSTR: modes, pen and margins as after power-on; the screen and the cursor stay.
    void softReset() {
        modes.set(Mode.CURSOR_VISIBLE, true);
        modes.set(Mode.ORIGIN, false);
        modes.set(Mode.INSERT, false);
        modes.set(Mode.AUTOWRAP, true);
        modes.set(Mode.REVERSE_WRAP, false);
        modes.set(Mode.EXTENDED_REVERSE_WRAP, false);
        modes.set(Mode.CURSOR_KEYS, false);
        modes.set(Mode.KEYPAD, false);
        modes.set(Mode.SIDE_MARGINS, false);
        margins.reset();
        pen.set(Style.PLAIN, Extra.NONE);
        isoProtection = false;
        charsets.select(Charsets.Selection.ASCII);
        current.saved = SavedCursor.HOME;
    }

    /// RIS: as after power-on; the history stays, as scrolling back must survive a program's `reset`.
    void hardReset() {
        leaveAlternate();
        softReset();
        modes.reset();
        tabs.reset();
        alternate.reset(columns, rows);
        main.keyboard.reset();
        main.saved = SavedCursor.HOME;
        colours.reset();
        pens.clear();
        modifyOtherKeys = 0;
        attributesInRectangle = false;
        cursorShape = 0;
        lastPrinted = 0;
        title = "";
        titles.clear();
        main.history.endLine();
        main.grid.clearRows(0, rows, Style.PLAIN);
        moveTo(0, 0);
    }
}

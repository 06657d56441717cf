package dev.agentctl.terminal;

import java.util.ArrayList;
import java.util.List;

/// The bytes that bring a fresh terminal of the same size to this terminal's state: first both screens, then the
/// cursor, last the modes, because drawing needs the initial ones.
///
/// The copy goes on exactly like the original, but for states that only contrived output and sizes reach: a cursor that
/// waits to wrap behind a blank (the text was scrolled away under it) gets a space there or, saved, does not wait; one
/// outside the region in origin mode gets into it, and does not know what was printed left of the region; in a screen
/// of one row no line of the history goes on in the next.
final class Redraw {
    private final TerminalState state;
    private final ByteText out = new ByteText(4096);
    private final SettingsRedraw settings;
    private final Painter painter;

    Redraw(TerminalState state) {
        this.state = state;
        settings = new SettingsRedraw(state, out);
        painter = new Painter(out, state.columns);
    }

    byte[] bytes(int historyLines, Parser parser) {
        Mode.SYNCHRONIZED.describe(out, true);
        out.ascii("\u001b[0m\u001b[r\u001b[?6l\u001b[?69l\u001b[?7h\u001b[4l\u001b[20l\u001b(B\u000f\u001b[H\u001b[2J");
        settings.savedModes();
        if (!state.isAlternate() && !state.alternate.isPristine()) {
            drawHiddenAlternate();
        }
        drawMain(historyLines);
        if (state.isAlternate()) {
            drawAlternate();
        }
        settings.tabStops();
        saveCursor(state.current);
        state.pens.describe(out, painter);
        painter.setStyle(Style.PLAIN, Extra.NONE);
        settings.margins();
        cursor();
        settings.modes();
        settings.keyboard();
        settings.charsets(state.charsets.selection());
        if (state.charsets.pendingSingle() >= 0) {
            out.raw(0x1B).raw(state.charsets.pendingSingle() == 2 ? 'N' : 'O');
        }
        painter.setStyle(state.pen.style, state.pen.extra);
        if (state.isoProtection) {
            out.ascii((state.pen.style & Style.PROTECTED) == 0 ? "\u001bV\u001bW" : "\u001bV");
        }
        if (state.attributesInRectangle) {
            out.csi("2*x");
        }
        state.colours.describe(out);
        settings.titles();
        if (!state.modes.isSet(Mode.SYNCHRONIZED)) {
            Mode.SYNCHRONIZED.describe(out, false);
        }
        parser.describeUnfinished(out);
        return out.toByteArray();
    }

    /// Whether the copy will be in every respect like the original, that is, in none of the states named above.
    static boolean isExact(TerminalState state) {
        Cursor cursor = state.cursor;
        boolean outside = !state.margins.contains(cursor)
                || (cursor.column == state.margins.left && cursor.column > 0 && state.lastPrinted != 0);
        int last = state.row().codePoints[state.margins.lineEnd(cursor.column)];
        boolean behindBlank = cursor.pendingWrap && (last == 0 || last == Row.FILLER);
        return !(outside && state.modes.isSet(Mode.ORIGIN))
                && !behindBlank
                && !waitsBehindFiller(state.current)
                && !waitsBehindFiller(state.main)
                && (state.rows > 1
                        || state.main.history.last(Integer.MAX_VALUE, state.columns).stream()
                                .noneMatch(row -> row.wrapped));
    }

    private static boolean waitsBehindFiller(Buffer buffer) {
        SavedCursor saved = buffer.saved;
        return saved.pendingWrap() && buffer.grid.row(saved.row()).codePoints[saved.column()] == Row.FILLER;
    }

    private void saveCursor(Buffer buffer) {
        if (!buffer.saved.equals(SavedCursor.HOME)) {
            placeSaved(buffer.saved, buffer.grid);
            out.ascii("\u001b7");
            leaveSaved(buffer.saved, buffer.grid);
        }
    }

    /// The alternate screen that mode 47 would bring back.
    private void drawHiddenAlternate() {
        out.csi("?47h").csi("2J");
        painter.rows(state.alternate.grid.rows(), state.rows > 1);
        saveCursor(state.alternate);
        state.alternate.keyboard.describe(out);
        out.csi("?47l").csi("H");
    }

    private void drawMain(int historyLines) {
        List<Row> rows = new ArrayList<>(state.main.history.last(historyLines, state.columns));
        rows.addAll(state.main.grid.rows());
        painter.rows(rows, state.rows > 1);
    }

    private void drawAlternate() {
        state.main.keyboard.describe(out);
        placeSaved(state.main.saved, state.main.grid);
        out.ascii("\u001b7");
        leaveSaved(state.main.saved, state.main.grid);
        // This saves again; the right state is restored for it, with the cell under a waiting cursor erased.
        out.ascii("\u001b8\u001b[?1049h");
        painter.assume(state.main.saved.style(), state.main.saved.extra());
        leaveSaved(state.main.saved);
        out.csi("H").csi("2J");
        painter.rows(state.grid().rows(), state.rows > 1);
    }

    /// Puts the cursor, pen and character sets where a save must find them; the region is still the whole screen.
    private void placeSaved(SavedCursor saved, Grid grid) {
        if (saved.origin()) {
            Mode.ORIGIN.describe(out, true);
        }
        place(saved.row(), saved.column(), saved.pendingWrap(), grid);
        settings.charsets(saved.charsets());
        painter.setStyle(saved.style(), saved.extra());
    }

    private void leaveSaved(SavedCursor saved, Grid grid) {
        leaveSaved(saved);
        Row cells = grid.row(saved.row());
        if (saved.pendingWrap() && cells.codePoints[saved.column()] == 0) {
            // A space was printed to make the cursor wait behind it.
            painter.setStyle(cells.styles[saved.column()], Extra.NONE);
            out.csi(saved.row() + 1, ";").number(saved.column() + 1).ascii("H").csi("X");
            painter.setStyle(Style.PLAIN, Extra.NONE);
        }
    }

    private void leaveSaved(SavedCursor saved) {
        if (saved.origin()) {
            Mode.ORIGIN.describe(out, false);
        }
        if (!saved.charsets().equals(Charsets.Selection.ASCII)) {
            out.ascii("\u001b(B\u001b)B\u001b*B\u001b+B\u000f");
        }
        painter.setStyle(Style.PLAIN, Extra.NONE);
    }

    private void place(int row, int column, boolean pendingWrap, Grid grid) {
        if (pendingWrap && grid.row(row).codePoints[column] != Row.FILLER) {
            reprint(row, column, 0, 0, grid);
        } else {
            out.csi(row + 1, ";").number(column + 1).ascii("H");
        }
    }

    /// Prints the character at this cell again, which leaves the cursor behind it. Addresses count from the
    /// given row and column.
    private void reprint(int row, int column, int firstRow, int firstColumn, Grid grid) {
        Row cells = grid.row(row);
        int first = column > 0 && cells.codePoints[column] == Row.RIGHT_HALF ? column - 1 : column;
        address(row - firstRow, first - firstColumn);
        if (cells.codePoints[first] > 0) {
            painter.cell(cells, first);
        } else {
            painter.setStyle(cells.styles[first], Extra.NONE);
            out.ascii(" ");
        }
    }

    private void address(int row, int column) {
        out.csi(row + 1, ";").number(column + 1).ascii("H");
    }

    private void cursor() {
        boolean origin = state.modes.isSet(Mode.ORIGIN);
        int firstRow = origin ? state.margins.top : 0;
        int firstColumn = origin ? state.margins.left : 0;
        Cursor cursor = state.cursor;
        int end = state.margins.lineEnd(cursor.column);
        int previous = cursor.pendingWrap ? cursor.column : cursor.column - 1;
        if (cursor.pendingWrap || (previous >= firstColumn && followsLastPrinted(previous))) {
            reprint(cursor.row, cursor.pendingWrap ? end : previous, firstRow, firstColumn, state.grid());
            if (state.lastPrinted == 0) {
                // At the margin a tab moves nothing, but is no printing.
                out.ascii("\t");
                tabBack(end);
            }
        } else {
            address(cursor.row - firstRow, cursor.column - firstColumn);
        }
    }

    /// A cursor tabbed back from the margin still waits to wrap, which only tabbing back again can show.
    private void tabBack(int end) {
        int steps = 0;
        int column = end;
        while (column > state.cursor.column) {
            column = state.tabs.before(column);
            steps++;
        }
        if (steps > 0) {
            out.csi(steps, "Z");
        }
    }

    private boolean followsLastPrinted(int column) {
        if (column < 0 || state.lastPrinted == 0) {
            return false;
        }
        Row row = state.row();
        int first = column > 0 && row.codePoints[column] == Row.RIGHT_HALF ? column - 1 : column;
        return row.codePoints[first] == state.lastPrinted;
    }
}

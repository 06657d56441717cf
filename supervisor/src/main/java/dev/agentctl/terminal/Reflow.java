package dev.agentctl.terminal;

import java.util.ArrayList;
import java.util.List;

/// Lays out the main screen and its history again after a change of size.
///
/// 1. Rows joined by wrapping are one line; trailing blanks of a line do not count. Lines are wrapped anew at the
///    new width; a wide character that does not fit goes to the next row whole.
/// 2. The cursor stays behind the character it stood behind; columns past the end of its line are kept, up to
///    the margin.
/// 3. Blank rows below both the text and the cursor are given up first, and are what a taller screen gains.
/// 4. If the text needs more rows than there are, its top goes into the history, but the row of the cursor always
///    stays on the screen.
/// 5. If the old screen was filled to its last row and the new one has room, lines come back from the history.
final class Reflow {
    private final int columns;
    private final List<Row> laidOut = new ArrayList<>();
    private Row line;
    private int column;
    private boolean open;
    private int cursorRow;
    private int cursorColumn;
    private boolean cursorPending;

    private Reflow(int columns) {
        this.columns = columns;
        this.line = new Row(columns);
    }

    /// Where the cursor is, before and after.
    record Position(int row, int column, boolean pendingWrap) {}

    static Position apply(Buffer buffer, Position cursor, int columns, int rows) {
        return new Reflow(columns).layOut(buffer, cursor, rows);
    }

    private Position layOut(Buffer buffer, Position cursor, int newRows) {
        Grid grid = buffer.grid;
        int last = lastRowInUse(grid, cursor.row());
        boolean filled = last == grid.rowCount() - 1;
        for (Row row : buffer.history.last(Integer.MAX_VALUE, grid.columns())) {
            add(row, -1, false);
        }
        int screenStart = 0;
        for (int i = 0; i <= last; i++) {
            boolean hasCursor = i == cursor.row();
            int first = add(grid.row(i), hasCursor ? cursor.column() : -1, cursor.pendingWrap());
            screenStart = i == 0 ? first : screenStart;
        }
        int firstShown = firstShown(screenStart, newRows, filled);
        buffer.history.clear();
        for (Row row : laidOut.subList(0, firstShown)) {
            buffer.history.push(row);
        }
        buffer.grid = new Grid(columns, shown(firstShown, newRows));
        return new Position(cursorRow - firstShown, cursorColumn, cursorPending);
    }

    private static int lastRowInUse(Grid grid, int cursorRow) {
        int last = grid.rowCount() - 1;
        while (last > cursorRow && grid.row(last).length() == 0) {
            last--;
        }
        return last;
    }

    private int firstShown(int screenStart, int newRows, boolean filled) {
        int needed = laidOut.size() - screenStart;
        if (needed > newRows) {
            return Math.min(laidOut.size() - newRows, cursorRow);
        }
        return filled ? Math.max(0, laidOut.size() - newRows) : screenStart;
    }

    private List<Row> shown(int firstShown, int newRows) {
        int end = Math.min(laidOut.size(), firstShown + newRows);
        List<Row> rows = new ArrayList<>(laidOut.subList(firstShown, end));
        rows.getLast().endLine();
        while (rows.size() < newRows) {
            rows.add(new Row(columns));
        }
        return rows;
    }

    /// Adds an old row to the line under way.
    ///
    /// @param cursorAt the cursor's column in this row, -1 where it is elsewhere
    /// @return the index of the new row that its first cell went to
    private int add(Row row, int cursorAt, boolean pending) {
        if (!open) {
            startRow();
            open = true;
        }
        int length = row.length();
        if (length > 0 && row.codePoints[length - 1] == Row.FILLER) {
            length--;
        }
        int first = -1;
        int old = 0;
        while (old < length) {
            int width = row.isWide(old) ? 2 : 1;
            if (column + width > columns) {
                wrap();
            }
            first = first < 0 ? laidOut.size() - 1 : first;
            if (cursorAt >= old && cursorAt < old + width) {
                setCursor(pending ? column + width : column);
            }
            line.copyCells(row, old, column, width);
            column += width;
            old += width;
        }
        if (cursorAt >= length) {
            setCursor(column + cursorAt - length);
        }
        open = row.wrapped;
        return first < 0 ? laidOut.size() - 1 : first;
    }

    private void wrap() {
        if (column < columns) {
            line.fillLast(Style.PLAIN);
        } else if (line.codePoints[columns - 1] == 0) {
            // A blank inside the line: a wrapped row must not end in one.
            line.codePoints[columns - 1] = ' ';
        }
        line.wrapped = true;
        startRow();
    }

    private void startRow() {
        line = new Row(columns);
        laidOut.add(line);
        column = 0;
    }

    private void setCursor(int target) {
        cursorRow = laidOut.size() - 1;
        cursorColumn = Math.min(target, columns - 1);
        cursorPending = target == columns && line.codePoints.length == columns;
    }
}

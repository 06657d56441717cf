package dev.agentctl.terminal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The rows of one screen buffer. Rows scroll by moving references; a row that leaves is cleared and comes in
/// again at the other end.
final class Grid {
    private final Row[] rows;
    private final int columns;

    Grid(int columns, int rowCount) {
        this(columns, blankRows(columns, rowCount));
    }

    Grid(int columns, List<Row> rows) {
        this.columns = columns;
        this.rows = rows.toArray(Row[]::new);
    }

    private static List<Row> blankRows(int columns, int count) {
        List<Row> rows = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            rows.add(new Row(columns));
        }
        return rows;
    }

    int columns() {
        return columns;
    }

    int rowCount() {
        return rows.length;
    }

    Row row(int index) {
        return rows[index];
    }

    List<Row> rows() {
        return Arrays.asList(rows);
    }

    /// Moves the rows `top` to `bottom` up; the lines pushed out go to the history given, if any.
    void scrollUp(int top, int bottom, int lines, long fill, History history) {
        int count = Math.min(lines, bottom - top + 1);
        if (count <= 0) {
            return;
        }
        for (int i = 0; i < count; i++) {
            history.push(rows[top + i]);
        }
        scrollUp(top, bottom, count, fill);
    }

    void scrollUp(int top, int bottom, int lines, long fill) {
        int count = Math.min(lines, bottom - top + 1);
        if (count <= 0) {
            return;
        }
        if (top > 0) {
            rows[top - 1].endLine();
        }
        rows[bottom].endLine();
        if (count == 1) {
            Row leaving = rows[top];
            System.arraycopy(rows, top + 1, rows, top, bottom - top);
            rows[bottom] = leaving;
            leaving.clear(fill);
            return;
        }
        Row[] leaving = new Row[count];
        System.arraycopy(rows, top, leaving, 0, count);
        System.arraycopy(rows, top + count, rows, top, bottom - top + 1 - count);
        enter(leaving, bottom - count + 1, fill);
    }

    void scrollDown(int top, int bottom, int lines, long fill) {
        int count = Math.min(lines, bottom - top + 1);
        if (count <= 0) {
            return;
        }
        if (top > 0) {
            rows[top - 1].endLine();
        }
        Row[] leaving = new Row[count];
        System.arraycopy(rows, bottom - count + 1, leaving, 0, count);
        System.arraycopy(rows, top, rows, top + count, bottom - top + 1 - count);
        rows[bottom].endLine();
        enter(leaving, top, fill);
    }

    private void enter(Row[] entering, int at, long fill) {
        for (Row row : entering) {
            row.clear(fill);
        }
        System.arraycopy(entering, 0, rows, at, entering.length);
    }

    /// The text of these rows no longer goes on in the next one; rows that do not exist are left out.
    void endLines(int from, int to) {
        for (int i = Math.max(from, 0); i <= to; i++) {
            rows[i].endLine();
        }
    }

    void clearRows(int from, int to, long fill) {
        for (int i = from; i < to; i++) {
            rows[i].clear(fill);
        }
    }
}

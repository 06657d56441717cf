package dev.agentctl.terminal;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The rows of one screen buffer. Rows scroll by moving references; a row that leaves is cleared and comes in
/// again at the other end.
///
/// A row is made when it is first written to: of a thousand terminals most show little, no more than a few have an
/// alternate screen in use, and 40 rows of 120 cells take 59 KB.
final class Grid {
    /// Null where nothing was ever written.
    private final @Nullable Row[] rows;

    private final int columns;
    /// Shows what is not there; never written to.
    private final Row blank;

    Grid(int columns, int rowCount) {
        this.columns = columns;
        this.rows = new @Nullable Row[rowCount];
        this.blank = new Row(columns);
    }

    Grid(int columns, List<Row> rows) {
        this(columns, rows.size());
        rows.toArray(this.rows);
    }

    int columns() {
        return columns;
    }

    int rowCount() {
        return rows.length;
    }

    /// To be written to, too.
    Row row(int index) {
        Row row = rows[index];
        if (row == null) {
            row = new Row(columns);
            rows[index] = row;
        }
        return row;
    }

    /// Only to be looked at.
    List<Row> rows() {
        List<Row> all = new ArrayList<>(rows.length);
        for (Row row : rows) {
            all.add(row == null ? blank : row);
        }
        return all;
    }

    /// Moves the rows `top` to `bottom` up; the lines pushed out go to the history given, if any.
    void scrollUp(int top, int bottom, int lines, long fill, History history) {
        int count = Math.min(lines, bottom - top + 1);
        if (count <= 0) {
            return;
        }
        for (int i = 0; i < count; i++) {
            Row row = rows[top + i];
            history.push(row == null ? blank : row);
        }
        scrollUp(top, bottom, count, fill);
    }

    void scrollUp(int top, int bottom, int lines, long fill) {
        int count = Math.min(lines, bottom - top + 1);
        if (count <= 0) {
            return;
        }
        endLines(top - 1, top - 1);
        endLines(bottom, bottom);
        if (count == 1) {
            Row leaving = rows[top];
            System.arraycopy(rows, top + 1, rows, top, bottom - top);
            rows[bottom] = leaving;
            clearRows(bottom, bottom + 1, fill);
            return;
        }
        @Nullable Row[] leaving = new @Nullable Row[count];
        System.arraycopy(rows, top, leaving, 0, count);
        System.arraycopy(rows, top + count, rows, top, bottom - top + 1 - count);
        enter(leaving, bottom - count + 1, fill);
    }

    void scrollDown(int top, int bottom, int lines, long fill) {
        int count = Math.min(lines, bottom - top + 1);
        if (count <= 0) {
            return;
        }
        endLines(top - 1, top - 1);
        @Nullable Row[] leaving = new @Nullable Row[count];
        System.arraycopy(rows, bottom - count + 1, leaving, 0, count);
        System.arraycopy(rows, top, rows, top + count, bottom - top + 1 - count);
        endLines(bottom, bottom);
        enter(leaving, top, fill);
    }

    private void enter(@Nullable Row[] entering, int at, long fill) {
        System.arraycopy(entering, 0, rows, at, entering.length);
        clearRows(at, at + entering.length, fill);
    }

    /// The text of these rows no longer goes on in the next one; rows that do not exist are left out.
    void endLines(int from, int to) {
        for (int i = Math.max(from, 0); i <= to; i++) {
            Row row = rows[i];
            if (row != null) {
                row.endLine();
            }
        }
    }

    void clearRows(int from, int to, long fill) {
        for (int i = from; i < to; i++) {
            if (rows[i] != null || fill != Style.PLAIN) {
                row(i).clear(fill);
            }
        }
    }
}

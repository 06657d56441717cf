package dev.agentctl.terminal;

/// The scrolling region: its first and last row (DECSTBM) and column (DECSLRM), all counted from 0 and inclusive.
final class Margins {
    int top;
    int bottom;
    int left;
    int right;
    private int columns;
    private int rows;

    Margins(int columns, int rows) {
        resize(columns, rows);
    }

    /// A new size makes the whole screen the region.
    void resize(int newColumns, int newRows) {
        columns = newColumns;
        rows = newRows;
        reset();
    }

    void reset() {
        top = 0;
        bottom = rows - 1;
        resetSides();
    }

    void resetSides() {
        left = 0;
        right = columns - 1;
    }

    boolean isFullWidth() {
        return left == 0 && right == columns - 1;
    }

    boolean isWholeScreen() {
        return top == 0 && bottom == rows - 1 && isFullWidth();
    }

    boolean hasRow(int row) {
        return row >= top && row <= bottom;
    }

    boolean hasColumn(int column) {
        return column >= left && column <= right;
    }

    boolean contains(Cursor cursor) {
        return hasRow(cursor.row) && hasColumn(cursor.column);
    }

    /// The last column that text reaches when it is printed from `column` on.
    int lineEnd(int column) {
        return column <= right ? right : columns - 1;
    }

    /// The first column that moving left from `column` on reaches.
    int lineStart(int column) {
        return column >= left ? left : 0;
    }
}

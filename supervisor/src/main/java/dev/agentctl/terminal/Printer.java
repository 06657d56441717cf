package dev.agentctl.terminal;

/// Puts printed characters onto the screen: wrapping, character sets, wide characters, grapheme clusters.
final class Printer {
    private final TerminalState state;
    private final Cursor cursor;

    Printer(TerminalState state) {
        this.state = state;
        this.cursor = state.cursor;
    }

    /// The fast path: whole runs are copied up to the margin.
    void printAscii(byte[] bytes, int from, int to) {
        if (state.modes.insert() || !state.charsets.isAscii() || !state.modes.autowrap()) {
            for (int i = from; i < to; i++) {
                put(state.charsets.map(bytes[i]), 1);
            }
            return;
        }
        int i = from;
        while (i < to) {
            if (cursor.pendingWrap) {
                wrap();
            }
            int end = state.margins.lineEnd(cursor.column);
            int count = Math.min(to - i, end + 1 - cursor.column);
            state.row().putAscii(cursor.column, bytes, i, count, state.pen);
            advance(count, end);
            i += count;
        }
        state.lastPrinted = bytes[to - 1];
    }

    void print(int codePoint) {
        int properties = Widths.properties(codePoint);
        if (properties > 2) {
            printSpecial(codePoint);
        } else {
            state.charsets.skipSingle();
            put(codePoint, properties);
        }
    }

    private void printSpecial(int codePoint) {
        if (Widths.isDropped(codePoint)) {
            return;
        }
        int width = Widths.width(codePoint);
        int column = previousColumn();
        boolean isMark = width == 0;
        if (column >= 0 && (isMark || (state.lastPrinted != 0 && joinsAt(column, codePoint)))) {
            boolean widens = widensAt(column, codePoint);
            if (!widens || hasRoomBehind(column)) {
                append(column, codePoint, widens);
                return;
            }
        }
        // Without room for the wider character, a mark is dropped and anything else begins its own.
        if (!isMark) {
            state.charsets.skipSingle();
            put(codePoint, width);
        }
    }

    /// The column of the character left of the cursor, or -1.
    private int previousColumn() {
        int column = cursor.pendingWrap ? cursor.column : cursor.column - 1;
        Row row = state.row();
        if (column > 0 && row.codePoints[column] == Row.RIGHT_HALF) {
            column--;
        }
        return column >= 0 && row.codePoints[column] > 0 ? column : -1;
    }

    private boolean joinsAt(int column, int codePoint) {
        Row row = state.row();
        return Clusters.joins(row.codePoints[column], row.tail(column), codePoint);
    }

    private boolean widensAt(int column, int codePoint) {
        Row row = state.row();
        return !row.isWide(column) && Clusters.widens(row.codePoints[column], row.tail(column), codePoint);
    }

    private boolean hasRoomBehind(int column) {
        return !cursor.pendingWrap && cursor.column == column + 1;
    }

    private void append(int column, int codePoint, boolean widens) {
        Row row = state.row();
        String tail = row.tail(column);
        if (tail.length() + Character.charCount(codePoint) > Clusters.TAIL_LIMIT) {
            return;
        }
        row.setTail(column, tail + Character.toString(codePoint));
        if (widens) {
            row.widen(column);
            advance(1, state.margins.lineEnd(cursor.column));
        }
    }

    /// REP: only what was just printed is repeated, and a repetition is no printing (ECMA-48).
    void repeat(int count) {
        int codePoint = state.lastPrinted;
        if (codePoint == 0) {
            return;
        }
        int width = Math.max(1, Widths.width(codePoint));
        int limit = Math.min(count, state.columns * state.rows);
        for (int i = 0; i < limit; i++) {
            put(codePoint, width);
        }
        state.lastPrinted = 0;
    }

    private void put(int codePoint, int width) {
        if (cursor.pendingWrap && state.modes.autowrap()) {
            wrap();
        }
        int end = state.margins.lineEnd(cursor.column);
        if (cursor.column + width > end + 1) {
            if (!state.modes.autowrap()) {
                return;
            }
            if (end == state.columns - 1) {
                state.row().fillLast(state.fill());
            }
            wrap();
            end = state.margins.lineEnd(cursor.column);
        }
        Row row = state.row();
        if (state.modes.insert()) {
            row.insert(cursor.column, end + 1, width, state.fill());
        }
        row.put(cursor.column, codePoint, width, state.pen);
        state.lastPrinted = codePoint;
        advance(width, end);
    }

    private void advance(int count, int end) {
        int column = cursor.column + count;
        cursor.pendingWrap = column > end;
        cursor.column = Math.min(column, end);
    }

    private void wrap() {
        Row left = state.row();
        int last = state.columns - 1;
        int cell = left.codePoints[last];
        boolean wholeLine = state.margins.isFullWidth();
        state.index();
        state.carriageReturn();
        if (left == state.row() || !wholeLine) {
            // Below the region, or in a region of one row, the text goes on in the row it was in.
            left.endLine();
        } else if (cell != 0) {
            // Scrolling may have put a blank row under a waiting cursor; otherwise the line goes on.
            left.codePoints[last] = cell;
            left.wrapped = true;
        }
    }
}

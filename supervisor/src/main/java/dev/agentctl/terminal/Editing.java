package dev.agentctl.terminal;

/// The sequences that erase, insert, delete and scroll.
final class Editing {
    private static final int LEFT = (' ' << 8) | '@';
    private static final int RIGHT = (' ' << 8) | 'A';
    private static final int INSERT_COLUMN = ('\'' << 8) | '}';
    private static final int DELETE_COLUMN = ('\'' << 8) | '~';
    private static final int SELECTIVE_SCREEN = ('?' << 16) | 'J';
    private static final int SELECTIVE_LINE = ('?' << 16) | 'K';

    private final TerminalState state;
    private final Cursor cursor;
    private final Printer printer;

    Editing(TerminalState state, Printer printer) {
        this.state = state;
        this.cursor = state.cursor;
        this.printer = printer;
    }

    /// Carries the sequence out if it is one of these.
    ///
    /// @return whether it was
    boolean apply(int key, Parameters parameters) {
        int count = parameters.positive(0);
        if (key == 'b') {
            printer.repeat(count);
            return true;
        }
        boolean known = erase(key, parameters) || shift(key, count);
        if (known) {
            state.lastPrinted = 0;
        }
        return known;
    }

    private boolean erase(int key, Parameters parameters) {
        switch (key) {
            case 'J' -> eraseScreen(parameters.value(0), state.isoProtection);
            case 'K' -> eraseLine(parameters.value(0), state.isoProtection);
            case SELECTIVE_SCREEN -> eraseScreen(parameters.value(0), true);
            case SELECTIVE_LINE -> eraseLine(parameters.value(0), true);
            case 'X' -> {
                int end = Math.min(cursor.column + parameters.positive(0), state.columns);
                eraseCells(state.row(), cursor.column, end, state.isoProtection);
            }
            default -> {
                return false;
            }
        }
        cursor.pendingWrap = false;
        return true;
    }

    private boolean shift(int key, int count) {
        switch (key) {
            case '@' -> cells(count, true);
            case 'P' -> cells(count, false);
            case 'L', 'M' -> lines(key == 'L', count);
            case 'S' -> state.scrollUp(count);
            case 'T', '^' -> state.scrollDown(count);
            case LEFT -> columns(state.margins.left, count, false);
            case RIGHT -> columns(state.margins.left, count, true);
            case INSERT_COLUMN -> columns(cursor.column, count, true);
            case DELETE_COLUMN -> columns(cursor.column, count, false);
            default -> {
                return false;
            }
        }
        // Scrolling moves the text, not the cursor.
        cursor.pendingWrap &= key == 'S' || key == 'T' || key == '^';
        return true;
    }

    private void eraseScreen(int part, boolean selective) {
        switch (part) {
            case 0 -> {
                eraseLine(0, selective);
                eraseRows(cursor.row + 1, state.rows, selective);
            }
            case 1 -> {
                eraseRows(0, cursor.row, selective);
                eraseLine(1, selective);
            }
            case 2 -> {
                state.current.history.endLine();
                eraseRows(0, state.rows, selective);
            }
            case 3 -> state.current.history.clear();
            default -> {}
        }
    }

    private void eraseRows(int from, int to, boolean selective) {
        for (int row = from; row < to; row++) {
            eraseCells(state.grid().row(row), 0, state.columns, selective);
        }
    }

    private void eraseLine(int part, boolean selective) {
        switch (part) {
            case 0 -> eraseCells(state.row(), cursor.column, state.columns, selective);
            case 1 -> eraseCells(state.row(), 0, cursor.column + 1, selective);
            case 2 -> eraseCells(state.row(), 0, state.columns, selective);
            default -> {}
        }
    }

    private void eraseCells(Row row, int from, int to, boolean selective) {
        if (selective) {
            row.eraseUnprotected(from, to, state.fill());
        } else {
            row.erase(from, to, state.fill());
        }
    }

    /// ICH and DCH; outside the side margins they do nothing.
    private void cells(int count, boolean insert) {
        if (state.margins.hasColumn(cursor.column)) {
            shiftRow(cursor.row, cursor.column, count, insert);
        }
    }

    private void shiftRow(int row, int from, int count, boolean insert) {
        int end = state.margins.right + 1;
        int bounded = Math.min(count, end - from);
        if (insert) {
            state.grid().row(row).insert(from, end, bounded, state.fill());
        } else {
            state.grid().row(row).delete(from, end, bounded, state.fill());
        }
    }

    private void lines(boolean insert, int count) {
        if (state.margins.contains(cursor)) {
            if (insert) {
                state.current.insertLines(cursor.row, state.margins, count, state.fill());
            } else {
                state.current.deleteLines(cursor.row, state.margins, count, state.fill());
            }
            cursor.column = state.margins.left;
        }
    }

    /// Shifts the columns from `from` on in every row of the region.
    private void columns(int from, int count, boolean insert) {
        if (state.margins.contains(cursor)) {
            for (int row = state.margins.top; row <= state.margins.bottom; row++) {
                shiftRow(row, from, count, insert);
            }
        }
    }

    /// DECBI and DECFI: one column back or forward; at the region's edge the region is shifted instead.
    void columnBackOrForward(boolean forward) {
        Margins margins = state.margins;
        if (cursor.column == (forward ? margins.right : margins.left)) {
            columns(margins.left, 1, !forward);
        } else {
            cursor.column = Math.clamp(cursor.column + (forward ? 1 : -1), 0, state.columns - 1);
        }
        cursor.pendingWrap = false;
        state.lastPrinted = 0;
    }
}

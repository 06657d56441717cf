package dev.agentctl.terminal;

/// The sequences that move the cursor and nothing else. HPB and VPB (`j`, `k`) do nothing, as in xterm.
final class CursorMovement {
    private final TerminalState state;
    private final Cursor cursor;

    CursorMovement(TerminalState state) {
        this.state = state;
        this.cursor = state.cursor;
    }

    /// Carries the sequence out if it is one of these.
    ///
    /// @return whether it was
    boolean apply(int key, Parameters parameters) {
        int count = parameters.positive(0);
        switch (key) {
            case 'A' -> up(count);
            case 'B' -> down(count);
            case 'C' -> right(count);
            case 'a' -> state.moveTo(cursor.row, cursor.column + count);
            case 'D' -> left(count);
            case 'E' -> {
                down(count);
                state.carriageReturn();
            }
            case 'F' -> {
                up(count);
                state.carriageReturn();
            }
            case 'G', '`' -> state.addressColumn(count - 1);
            case 'H', 'f' -> state.address(count - 1, parameters.positive(1) - 1);
            case 'I' -> tab(count);
            case 'Z' -> tabBack(count);
            case 'd' -> state.addressRow(count - 1);
            case 'e' -> state.moveTo(cursor.row + count, cursor.column);
            case 'u' -> state.restoreCursor();
            default -> {
                return false;
            }
        }
        state.lastPrinted = 0;
        return true;
    }

    private void up(int count) {
        int edge = cursor.row >= state.margins.top ? state.margins.top : 0;
        state.moveTo(Math.max(cursor.row - count, edge), cursor.column);
    }

    private void down(int count) {
        int edge = cursor.row <= state.margins.bottom ? state.margins.bottom : state.rows - 1;
        state.moveTo(Math.min(cursor.row + count, edge), cursor.column);
    }

    private void left(int count) {
        if (isReverseWrapping()) {
            int steps = Math.min(count, state.columns * state.rows);
            for (int i = 0; i < steps; i++) {
                backspace();
            }
        } else {
            int least = state.margins.lineStart(cursor.column);
            state.moveTo(cursor.row, Math.max(cursor.column - count, least));
        }
    }

    private void right(int count) {
        int greatest = state.margins.lineEnd(cursor.column);
        state.moveTo(cursor.row, Math.min(cursor.column + count, greatest));
    }

    /// In reverse-wrap mode a step back from the start of a line goes to the end of the row above, and from the
    /// region's top to its bottom. xterm has two such modes since 2023, one for wrapped lines only; here both mean
    /// what the first one meant for the 37 years before.
    void backspace() {
        Margins margins = state.margins;
        boolean wraps = isReverseWrapping();
        if (wraps && cursor.pendingWrap) {
            cursor.pendingWrap = false;
        } else if (cursor.column > margins.lineStart(cursor.column)) {
            state.moveTo(cursor.row, cursor.column - 1);
        } else if (wraps) {
            int above = cursor.row == 0 ? state.rows - 1 : cursor.row - 1;
            state.moveTo(cursor.row == margins.top ? margins.bottom : above, margins.right);
        }
        cursor.pendingWrap = false;
        state.lastPrinted = 0;
    }

    private boolean isReverseWrapping() {
        return state.modes.autowrap()
                && (state.modes.isSet(Mode.REVERSE_WRAP) || state.modes.isSet(Mode.EXTENDED_REVERSE_WRAP));
    }

    /// Tabs in either direction keep a pending wrap, as in xterm; forward they move nowhere then, unless xterm's
    /// fix for more(1) is on.
    void tab(int count) {
        if (cursor.pendingWrap && state.modes.autowrap() && state.modes.isSet(Mode.WRAP_BEFORE_TAB)) {
            state.index();
            state.carriageReturn();
        }
        int end = state.margins.lineEnd(cursor.column);
        for (int i = 0; i < count && cursor.column < end; i++) {
            cursor.column = Math.min(state.tabs.after(cursor.column), end);
        }
        state.lastPrinted = 0;
    }

    private void tabBack(int count) {
        for (int i = 0; i < count && cursor.column > 0; i++) {
            cursor.column = state.tabs.before(cursor.column);
        }
    }
}

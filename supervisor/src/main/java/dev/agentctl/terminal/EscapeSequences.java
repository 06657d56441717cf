package dev.agentctl.terminal;

/// The sequences of ESC and one final byte, or one intermediate and a final byte.
final class EscapeSequences {
    private final TerminalState state;
    private final Editing editing;
    private final Reports reports;

    EscapeSequences(TerminalState state, Editing editing, Reports reports) {
        this.state = state;
        this.editing = editing;
        this.reports = reports;
    }

    void apply(int intermediate, int finalByte) {
        switch (intermediate) {
            case 0 -> plain(finalByte);
            case '#' -> {
                if (finalByte == '8') {
                    alignmentPattern();
                }
            }
            case '(', ')', '*', '+' -> state.charsets.designate(intermediate - '(', finalByte);
            case '-', '.', '/' -> state.charsets.designate(intermediate - '-' + 1, Charsets.ASCII);
            default -> {}
        }
    }

    private void plain(int finalByte) {
        switch (finalByte) {
            case '6' -> editing.columnBackOrForward(false);
            case '9' -> editing.columnBackOrForward(true);
            case '7' -> state.saveCursor();
            case '=' -> state.modes.set(Mode.KEYPAD, true);
            case '>' -> state.modes.set(Mode.KEYPAD, false);
            case 'V' -> {
                state.protect(true);
                state.isoProtection = true;
            }
            case 'W' -> state.protect(false);
            case 'H' -> state.tabs.set(state.cursor.column);
            case 'N' -> state.charsets.shiftOnce(2);
            case 'O' -> state.charsets.shiftOnce(3);
            case 'n' -> state.charsets.shift(2);
            case 'o' -> state.charsets.shift(3);
            case 'Z' -> reports.primaryAttributes(0);
            default -> {
                if (moves(finalByte)) {
                    state.lastPrinted = 0;
                }
            }
        }
    }

    private boolean moves(int finalByte) {
        switch (finalByte) {
            case '8' -> state.restoreCursor();
            case 'D' -> state.index();
            case 'E' -> {
                state.index();
                state.carriageReturn();
            }
            case 'M' -> state.reverseIndex();
            case 'c' -> state.hardReset();
            default -> {
                return false;
            }
        }
        return true;
    }

    /// DECALN: fills the screen with E.
    private void alignmentPattern() {
        Pen plain = new Pen();
        state.margins.reset();
        state.current.history.endLine();
        for (int i = 0; i < state.rows; i++) {
            Row row = state.grid().row(i);
            row.clear(Style.PLAIN);
            for (int column = 0; column < state.columns; column++) {
                row.put(column, 'E', 1, plain);
            }
        }
        state.moveTo(0, 0);
        state.lastPrinted = 0;
    }
}

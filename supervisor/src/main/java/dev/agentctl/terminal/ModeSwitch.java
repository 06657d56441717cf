package dev.agentctl.terminal;

/// SM and RM: sets and resets modes, with what some of them do to the screen at once.
final class ModeSwitch {
    private static final int MODE_47 = 47;
    private static final int ALTERNATE = 1047;
    private static final int SAVE_CURSOR = 1048;
    private static final int ALTERNATE_AND_CURSOR = 1049;
    private static final int CLUSTERS = 2027;

    private final TerminalState state;

    ModeSwitch(TerminalState state) {
        this.state = state;
    }

    void set(Parameters parameters, boolean isPrivate, boolean on) {
        for (int i = 0; i < parameters.count(); i++) {
            int number = parameters.value(i);
            Mode mode = Mode.of(number, isPrivate);
            if (mode != null) {
                set(mode, on);
            } else if (isPrivate) {
                setByNumber(number, on);
            }
        }
    }

    private void set(Mode mode, boolean on) {
        state.modes.set(mode, on);
        if (mode == Mode.ORIGIN) {
            state.home();
            state.lastPrinted = 0;
        } else if (mode == Mode.SIDE_MARGINS) {
            state.margins.resetSides();
            state.cursor.pendingWrap = false;
        } else if (mode == Mode.WIDE_132 && state.modes.isSet(Mode.ALLOW_132)) {
            clearForWidthChange();
        }
    }

    /// DECCOLM: the size belongs to the pseudo-terminal and stays, but the screen is cleared as the standard says.
    private void clearForWidthChange() {
        state.margins.reset();
        state.current.history.endLine();
        state.grid().clearRows(0, state.rows, state.fill());
        state.moveTo(0, 0);
        state.lastPrinted = 0;
    }

    private void setByNumber(int number, boolean on) {
        if (Modes.isMouse(number)) {
            state.modes.setMouse(number, on);
        } else if (Modes.isMouseEncoding(number)) {
            state.modes.setMouseEncoding(number, on);
        } else {
            switch (number) {
                case MODE_47, ALTERNATE -> alternate(on);
                case SAVE_CURSOR -> saveCursor(on);
                case ALTERNATE_AND_CURSOR -> alternateAndCursor(on);
                default -> {}
            }
        }
    }

    private void alternate(boolean on) {
        state.lastPrinted = 0;
        if (on) {
            state.enterAlternate();
        } else {
            state.leaveAlternate();
        }
    }

    private void saveCursor(boolean on) {
        if (on) {
            state.saveCursor();
        } else {
            state.restoreCursor();
            state.lastPrinted = 0;
        }
    }

    private void alternateAndCursor(boolean on) {
        if (on) {
            // A second one must not overwrite what the first one saved.
            if (!state.isAlternate()) {
                state.saveCursor();
            }
            alternate(true);
        } else {
            alternate(false);
            state.restoreCursor();
        }
    }

    /// DECRPM's answer: 0 unknown, 1 set, 2 reset, 3 always set.
    int status(int number, boolean isPrivate) {
        Mode mode = Mode.of(number, isPrivate);
        if (mode != null) {
            return onOff(state.modes.isSet(mode));
        }
        return isPrivate ? privateStatus(number) : 0;
    }

    private int privateStatus(int number) {
        if (Modes.isMouse(number)) {
            return onOff(state.modes.mouse() == number);
        }
        if (Modes.isMouseEncoding(number)) {
            return onOff(state.modes.mouseEncoding() == number);
        }
        return switch (number) {
            case MODE_47, ALTERNATE, ALTERNATE_AND_CURSOR -> onOff(state.isAlternate());
            case CLUSTERS -> 3;
            default -> 0;
        };
    }

    private static int onOff(boolean set) {
        return set ? 1 : 2;
    }
}

package dev.agentctl.terminal;

/// SM and RM: sets and resets modes, with what some of them do to the screen at once.
final class ModeSwitch {
    private static final int MODE_47 = 47;
    private static final int ALTERNATE = 1047;
    private static final int SAVE_CURSOR = 1048;
    private static final int ALTERNATE_AND_CURSOR = 1049;
    private static final int CLUSTERS = 2027;
    private static final int HEBREW = 35;
    private static final int NATIONAL_CHARACTERS = 42;
    private static final int COLUMN_COUPLING = 60;

    private final TerminalState state;

    ModeSwitch(TerminalState state) {
        this.state = state;
    }

    void set(Parameters parameters, boolean isPrivate, boolean on) {
        for (int i = 0; i < parameters.count(); i++) {
            set(parameters.value(i), isPrivate, on);
        }
    }

    private void set(int number, boolean isPrivate, boolean on) {
        Mode mode = Mode.of(number, isPrivate);
        if (mode != null) {
            set(mode, on);
        } else if (isPrivate) {
            setByNumber(number, on);
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
            state.lastPrinted = 0;
        } else if (mode == Mode.WIDE_132 && state.modes.isSet(Mode.ALLOW_132)) {
            clearForWidthChange();
        }
    }

    /// DECCOLM: the size belongs to the pseudo-terminal and stays, but the screen is cleared as the standard says.
    private void clearForWidthChange() {
        state.modes.set(Mode.SIDE_MARGINS, false);
        state.margins.reset();
        if (!state.modes.isSet(Mode.KEEP_AT_WIDTH_CHANGE)) {
            state.current.history.endLine();
            state.grid().clearRows(0, state.rows, state.fill());
        }
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
                case MODE_47 -> alternate(on);
                case ALTERNATE -> alternateCleared(on);
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

    /// 1047 and 1049 clear the alternate screen when it is left, so that the next visit finds it blank.
    private void alternateCleared(boolean on) {
        if (!on && state.isAlternate()) {
            state.clearAlternate(Style.PLAIN);
        }
        alternate(on);
    }

    private void saveCursor(boolean on) {
        if (on) {
            state.saveCursor();
        } else {
            state.restoreCursor();
            state.lastPrinted = 0;
        }
    }

    /// Each screen has a saved cursor of its own, so that a second 1049 does not overwrite what the first one saved.
    private void alternateAndCursor(boolean on) {
        if (on) {
            state.saveCursor();
            alternate(true);
            state.clearAlternate(state.fill());
        } else {
            alternateCleared(false);
            state.restoreCursor();
        }
    }

    /// XTSAVE: remembers private modes. The alternate screen is not among them.
    void save(Parameters parameters) {
        for (int i = 0; i < parameters.count(); i++) {
            int number = parameters.value(i);
            if (isSavable(number)) {
                state.modes.saved().put(number, status(number, true) == 1);
            }
        }
    }

    private static boolean isSavable(int number) {
        return Mode.of(number, true) != null || Modes.isMouse(number) || Modes.isMouseEncoding(number);
    }

    /// XTRESTORE: sets private modes as they were saved; what was not saved stays.
    void restore(Parameters parameters) {
        for (int i = 0; i < parameters.count(); i++) {
            Boolean on = state.modes.saved().get(parameters.value(i));
            if (on != null) {
                set(parameters.value(i), true, on);
            }
        }
    }

    /// DECRPM's answer: 0 unknown, 1 set, 2 reset, 3 always set, 4 always reset.
    int status(int number, boolean isPrivate) {
        Mode mode = Mode.of(number, isPrivate);
        if (mode != null) {
            return onOff(state.modes.isSet(mode));
        }
        return isPrivate ? privateStatus(number) : ansiStatus(number);
    }

    /// The other modes of ECMA-48 have no effect on a screen. Nobody may lock the operator's keyboard (2), and what is
    /// typed is never echoed by the terminal itself (12).
    private static int ansiStatus(int number) {
        return switch (number) {
            case 12 -> 3;
            case 1, 2, 5, 7, 10, 11, 13, 14, 15, 16, 17, 18, 19 -> 4;
            default -> 0;
        };
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
            case HEBREW, NATIONAL_CHARACTERS, COLUMN_COUPLING -> 4;
            default -> 0;
        };
    }

    private static int onOff(boolean set) {
        return set ? 1 : 2;
    }
}

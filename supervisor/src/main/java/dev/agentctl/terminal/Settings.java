package dev.agentctl.terminal;

/// The sequences that change what later ones do: modes, margins, tab stops, pens kept, titles, keyboard.
final class Settings {
    private static final int PRIVATE_SET = ('?' << 16) | 'h';
    private static final int PRIVATE_RESET = ('?' << 16) | 'l';
    private static final int SOFT_RESET = ('!' << 8) | 'p';
    private static final int CONFORMANCE = ('"' << 8) | 'p';
    private static final int CURSOR_SHAPE = (' ' << 8) | 'q';
    private static final int PROTECTION = ('"' << 8) | 'q';
    private static final int KEY_MODIFIERS = ('>' << 16) | 'm';
    private static final int KITTY_PUSH = ('>' << 16) | 'u';
    private static final int KITTY_POP = ('<' << 16) | 'u';
    private static final int KITTY_SET = ('=' << 16) | 'u';
    private static final int TAB_RESET = ('?' << 16) | 'W';
    private static final int PRIVATE_SAVE = ('?' << 16) | 's';
    private static final int PRIVATE_RESTORE = ('?' << 16) | 'r';
    private static final int PUSH_PEN = ('#' << 8) | '{';
    private static final int PUSH_PEN_OLD = ('#' << 8) | 'p';
    private static final int POP_PEN = ('#' << 8) | '}';
    private static final int POP_PEN_OLD = ('#' << 8) | 'q';
    private static final int KEY_MODIFIERS_OFF = ('>' << 16) | 'n';

    private final TerminalState state;
    private final ModeSwitch modes;
    private final TerminalEvents events;

    Settings(TerminalState state, ModeSwitch modes, TerminalEvents events) {
        this.state = state;
        this.modes = modes;
        this.events = events;
    }

    /// Carries the sequence out if it is one of these.
    ///
    /// @return whether it was
    boolean apply(int key, Parameters parameters) {
        return mode(key, parameters) || look(key, parameters) || place(key, parameters) || keyboard(key, parameters);
    }

    private boolean mode(int key, Parameters parameters) {
        switch (key) {
            case 'h' -> modes.set(parameters, false, true);
            case 'l' -> modes.set(parameters, false, false);
            case PRIVATE_SET -> modes.set(parameters, true, true);
            case PRIVATE_RESET -> modes.set(parameters, true, false);
            case PRIVATE_SAVE -> modes.save(parameters);
            case PRIVATE_RESTORE -> modes.restore(parameters);
            case SOFT_RESET, CONFORMANCE -> state.softReset();
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean look(int key, Parameters parameters) {
        switch (key) {
            case PUSH_PEN, PUSH_PEN_OLD -> state.pens.push(state.pen, parameters);
            case POP_PEN, POP_PEN_OLD -> state.pens.pop(state.pen);
            case CURSOR_SHAPE -> state.cursorShape = parameters.value(0) <= 6 ? parameters.value(0) : 0;
            case PROTECTION -> protect(parameters.value(0) == 1);
            case 't' -> {
                return titleStack(parameters.value(0), parameters.value(1));
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean place(int key, Parameters parameters) {
        switch (key) {
            case 'r' -> region(parameters);
            case 's' -> saveCursorOrSetSides(parameters);
            case 'g' -> clearTabs(parameters.value(0));
            case TAB_RESET -> {
                if (parameters.value(0) == 5) {
                    state.tabs.reset();
                }
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean keyboard(int key, Parameters parameters) {
        KittyKeyboard keyboard = state.current.keyboard;
        switch (key) {
            case KITTY_PUSH -> keyboard.push(parameters.value(0));
            case KITTY_POP -> keyboard.pop(parameters.positive(0));
            case KITTY_SET -> keyboard.set(parameters.value(0), parameters.positive(1));
            case KEY_MODIFIERS -> {
                if (parameters.value(0) == 4 || parameters.raw(0) == Parameters.MISSING) {
                    state.modifyOtherKeys = Math.min(parameters.value(1), 2);
                }
            }
            case KEY_MODIFIERS_OFF -> {
                if (parameters.value(0) == 4) {
                    state.modifyOtherKeys = 0;
                }
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private void region(Parameters parameters) {
        int last = parameters.value(1) == 0 ? state.rows : Math.min(parameters.value(1), state.rows);
        state.setRegion(parameters.positive(0) - 1, last - 1);
        state.lastPrinted = 0;
    }

    /// SCOSC, or DECSLRM where side margins are allowed: one sequence for both, told apart by mode 69.
    private void saveCursorOrSetSides(Parameters parameters) {
        if (!state.modes.isSet(Mode.SIDE_MARGINS)) {
            state.saveCursor();
            return;
        }
        int last = parameters.value(1) == 0 ? state.columns : Math.min(parameters.value(1), state.columns);
        state.setSideMargins(parameters.positive(0) - 1, last - 1);
        state.lastPrinted = 0;
    }

    private void clearTabs(int which) {
        if (which == 0) {
            state.tabs.clear(state.cursor.column);
        } else if (which == 3) {
            state.tabs.clearAll();
        }
    }

    /// @param which 0 both titles, 1 the icon's, which we have not, 2 the window's
    private boolean titleStack(int operation, int which) {
        if (which == 1 && (operation == 22 || operation == 23)) {
            return true;
        }
        if (operation == 22) {
            if (state.titles.size() < TerminalState.TITLE_STACK_LIMIT) {
                state.titles.add(state.title);
            }
        } else if (operation == 23) {
            if (!state.titles.isEmpty()) {
                state.title = state.titles.removeLast();
                events.onEvent(new TerminalEvent.Title(state.title));
            }
        } else {
            return false;
        }
        return true;
    }

    private void protect(boolean on) {
        state.protect(on);
        state.isoProtection = false;
    }
}

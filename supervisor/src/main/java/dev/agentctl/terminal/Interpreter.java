package dev.agentctl.terminal;

import java.nio.charset.StandardCharsets;

/// Carries out what the parser found.
///
/// A sequence is looked up by its key: `prefix << 16 | intermediates << 8 | final`, one int for each command.
final class Interpreter implements ParserActions {
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
    private final TerminalEvents events;
    private final Printer printer;
    private final CursorMovement movement;
    private final Editing editing;
    private final Rectangles rectangles;
    private final ModeSwitch modes;
    private final Reports reports;
    private final OperatingSystemCommands commands;
    private final EscapeSequences escapes;

    Interpreter(TerminalState state, TerminalEvents events) {
        this.state = state;
        this.events = events;
        printer = new Printer(state);
        movement = new CursorMovement(state);
        editing = new Editing(state, printer);
        modes = new ModeSwitch(state);
        reports = new Reports(state, modes);
        rectangles = new Rectangles(state, reports);
        commands = new OperatingSystemCommands(state, reports, events);
        escapes = new EscapeSequences(state, editing, reports);
    }

    Reports reports() {
        return reports;
    }

    @Override
    public void printAscii(byte[] bytes, int from, int to) {
        printer.printAscii(bytes, from, to);
    }

    @Override
    public void print(int codePoint) {
        printer.print(codePoint);
    }

    @Override
    public void control(int code) {
        switch (code) {
            case 0x07 -> events.onEvent(new TerminalEvent.Bell());
            case 0x08 -> movement.backspace();
            case 0x09 -> movement.tab(1);
            case 0x0A, 0x0B, 0x0C -> lineFeed();
            case 0x0D -> {
                state.carriageReturn();
                state.lastPrinted = 0;
            }
            case 0x0E -> state.charsets.shift(1);
            case 0x0F -> state.charsets.shift(0);
            default -> {}
        }
    }

    private void lineFeed() {
        state.index();
        if (state.modes.isSet(Mode.NEWLINE)) {
            state.carriageReturn();
        }
        state.lastPrinted = 0;
    }

    @Override
    public void escape(int intermediate, int finalByte) {
        escapes.apply(intermediate, finalByte);
    }

    @Override
    public void controlSequence(int prefix, Parameters parameters, int intermediate, int finalByte) {
        // Two intermediates name no command we know, and would not fit the key.
        if (intermediate > 0xFF) {
            return;
        }
        int key = (prefix << 16) | (intermediate << 8) | finalByte;
        if (key == 'm') {
            Rendition.apply(parameters, state.pen);
        } else if (!movement.apply(key, parameters)
                && !editing.apply(key, parameters)
                && !rectangles.apply(key, parameters)
                && !setting(key, parameters)
                && !keyboard(key, parameters)) {
            reports.apply(key, parameters);
        }
    }

    private boolean setting(int key, Parameters parameters) {
        switch (key) {
            case 'h' -> modes.set(parameters, false, true);
            case 'l' -> modes.set(parameters, false, false);
            case PRIVATE_SET -> modes.set(parameters, true, true);
            case PRIVATE_RESET -> modes.set(parameters, true, false);
            case 'r' -> region(parameters);
            case 's' -> saveCursorOrSetSides(parameters);
            case 'g' -> clearTabs(parameters.value(0));
            case TAB_RESET -> {
                if (parameters.value(0) == 5) {
                    state.tabs.reset();
                }
            }
            case PRIVATE_SAVE -> modes.save(parameters);
            case PRIVATE_RESTORE -> modes.restore(parameters);
            case PUSH_PEN, PUSH_PEN_OLD -> state.pens.push(state.pen, parameters);
            case POP_PEN, POP_PEN_OLD -> state.pens.pop(state.pen);
            case 't' -> {
                return titleStack(parameters.value(0), parameters.value(1));
            }
            case SOFT_RESET, CONFORMANCE -> state.softReset();
            case CURSOR_SHAPE -> state.cursorShape = parameters.value(0) <= 6 ? parameters.value(0) : 0;
            case PROTECTION -> protect(parameters.value(0) == 1);
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

    @Override
    public void operatingSystemCommand(byte[] payload, int length) {
        commands.apply(payload, length);
    }

    @Override
    public void deviceControl(
            int prefix, Parameters parameters, int intermediate, int finalByte, byte[] payload, int length) {
        if (prefix != 0 || finalByte != 'q') {
            return;
        }
        String text = new String(payload, 0, length, StandardCharsets.ISO_8859_1);
        if (intermediate == '$') {
            reports.setting(text);
        } else if (intermediate == '+') {
            reports.capabilities(text);
        }
    }
}

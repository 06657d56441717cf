package dev.agentctl.terminal;

import java.nio.charset.StandardCharsets;

/// Carries out what the parser found.
///
/// A sequence is looked up by its key: `prefix << 16 | intermediates << 8 | final`, one int for each command.
final class Interpreter implements ParserActions {
    private final TerminalState state;
    private final TerminalEvents events;
    private final Printer printer;
    private final CursorMovement movement;
    private final Editing editing;
    private final Rectangles rectangles;
    private final Settings settings;
    private final Reports reports;
    private final OperatingSystemCommands commands;
    private final EscapeSequences escapes;

    Interpreter(TerminalState state, TerminalEvents events) {
        this.state = state;
        this.events = events;
        printer = new Printer(state);
        movement = new CursorMovement(state);
        editing = new Editing(state, printer);
        ModeSwitch modes = new ModeSwitch(state);
        settings = new Settings(state, modes, events);
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
                && !settings.apply(key, parameters)) {
            reports.apply(key, parameters);
        }
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

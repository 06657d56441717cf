package dev.agentctl.terminal;

/// The part of a redraw that draws nothing: modes, margins, tab stops, keyboard, character sets, titles, as the bytes
/// that set them.
final class SettingsRedraw {
    private final TerminalState state;
    private final ByteText out;

    SettingsRedraw(TerminalState state, ByteText out) {
        this.state = state;
        this.out = out;
    }

    /// What XTSAVE remembered: each mode is set so, saved and put back.
    void savedModes() {
        state.modes.saved().forEach((number, on) -> {
            Mode mode = Mode.of(number, true);
            boolean initial = mode == Mode.SYNCHRONIZED || (mode != null && mode.initiallySet);
            privateMode(number, on);
            out.csi("?").number(number).ascii("s");
            privateMode(number, initial);
        });
    }

    private void privateMode(int number, boolean on) {
        out.csi("?").number(number).raw(on ? 'h' : 'l');
    }

    void tabStops() {
        if (state.tabs.isRegular()) {
            return;
        }
        out.csi("3g");
        for (int column = 0; column < state.columns; column++) {
            if (state.tabs.isSet(column)) {
                out.csi(column + 1, "G").ascii("\u001bH");
            }
        }
    }

    void margins() {
        Margins margins = state.margins;
        if (margins.top != 0 || margins.bottom != state.rows - 1) {
            out.csi(margins.top + 1, ";").number(margins.bottom + 1).ascii("r");
        }
        if (state.modes.isSet(Mode.SIDE_MARGINS)) {
            Mode.SIDE_MARGINS.describe(out, true);
            out.csi(margins.left + 1, ";").number(margins.right + 1).ascii("s");
        }
        if (state.modes.isSet(Mode.ORIGIN)) {
            Mode.ORIGIN.describe(out, true);
        }
    }

    void modes() {
        for (Mode mode : Mode.values()) {
            boolean set = state.modes.isSet(mode);
            boolean drawn = switch (mode) {
                case ORIGIN, SIDE_MARGINS, SYNCHRONIZED, KEYPAD -> true;
                default -> false;
            };
            if (!drawn && set != mode.initiallySet) {
                mode.describe(out, set);
            }
        }
        if (state.modes.isSet(Mode.KEYPAD)) {
            out.ascii("\u001b=");
        }
        if (state.modes.mouse() != 0) {
            privateMode(state.modes.mouse(), true);
        }
        if (state.modes.mouseEncoding() != 0) {
            privateMode(state.modes.mouseEncoding(), true);
        }
    }

    void keyboard() {
        state.current.keyboard.describe(out);
        if (state.modifyOtherKeys != 0) {
            out.csi(">4;").number(state.modifyOtherKeys).ascii("m");
        }
        if (state.cursorShape != 0) {
            out.csi(state.cursorShape, " q");
        }
    }

    void charsets(Charsets.Selection selection) {
        for (int i = 0; i < 4; i++) {
            if (selection.sets().charAt(i) != Charsets.ASCII) {
                out.raw(0x1B).raw('(' + i).raw(selection.sets().charAt(i));
            }
        }
        switch (selection.shifted()) {
            case 1 -> out.raw(0x0E);
            case 2 -> out.ascii("\u001bn");
            case 3 -> out.ascii("\u001bo");
            default -> {}
        }
    }

    void titles() {
        for (String title : state.titles) {
            title(title);
            out.csi("22;2t");
        }
        if (!state.title.isEmpty() || !state.titles.isEmpty()) {
            title(state.title);
        }
    }

    private void title(String title) {
        out.ascii("\u001b]2;").utf8(title).raw(0x07);
    }
}

package dev.agentctl.terminal;

/// The modes that a person's own terminal must have for its keys, mouse and cursor to be as the program asked, where
/// what the program draws is drawn by somebody else. Each is named, set or not, so that the bytes follow any others.
final class InputModes {
    private static final Mode[] OF_KEYS = {
        Mode.CURSOR_KEYS,
        Mode.KEY_REPEAT,
        Mode.CURSOR_BLINK,
        Mode.BACKSPACE_KEY,
        Mode.FOCUS_EVENTS,
        Mode.BRACKETED_PASTE,
        Mode.COLOUR_SCHEME_EVENTS
    };
    /// Mouse: reporting modes, then encodings.
    static final String NO_MOUSE =
            "\u001b[?9l\u001b[?1000l\u001b[?1002l\u001b[?1003l\u001b[?1005l\u001b[?1006l\u001b[?1015l\u001b[?1016l";

    private InputModes() {}

    static byte[] of(TerminalState state) {
        ByteText out = new ByteText(256);
        for (Mode mode : OF_KEYS) {
            mode.describe(out, state.modes.isSet(mode));
        }
        // the wheel sends arrow keys only where the program has the alternate screen, too
        Mode.ALTERNATE_SCROLL.describe(out, state.isAlternate() && state.modes.isSet(Mode.ALTERNATE_SCROLL));
        out.ascii(state.modes.isSet(Mode.KEYPAD) ? "\u001b=" : "\u001b>");
        mouse(state.modes, out);
        out.csi("=").number(state.current.keyboard.current()).ascii(";1u");
        out.csi(">4;").number(state.modifyOtherKeys).ascii("m");
        out.csi(state.cursorShape, " q");
        return out.toByteArray();
    }

    private static void mouse(Modes modes, ByteText out) {
        out.ascii(NO_MOUSE);
        for (int number : new int[] {modes.mouse(), modes.mouseEncoding()}) {
            if (number != 0) {
                out.csi("?").number(number).raw('h');
            }
        }
    }
}

package dev.agentctl.terminal;

import java.nio.charset.StandardCharsets;

/// What puts the operator's own terminal back in order when it is detached from a session, whatever the program
/// there had switched on. Harmless where nothing was.
public final class DetachReset {
    private static final String BEGIN =
            // An unfinished sequence ends here; the string terminator closes an unfinished string.
            "\u0018\u001b\\"
                    + "\u001b[?2026l"
                    + InputModes.NO_MOUSE
                    // Focus, bracketed paste, colour scheme reports. Alternate scroll is on by default in some
                    // terminals
                    // and off in others: whoever switches it has saved it before.
                    + "\u001b[?1004l\u001b[?2004l\u001b[?2031l"
                    // Keyboard, on this screen: kitty flags, modifyOtherKeys, cursor keys, keypad.
                    + "\u001b[<99u\u001b[=0;1u\u001b[>4;0m\u001b[?1l\u001b>";
    /// The main screen, and its keyboard. The save before it keeps the cursor where it is on most terminals that show
    /// their main screen already; tmux moves it to where it was when the other was left last.
    private static final String MAIN_SCREEN = "\u001b7\u001b[?1049l\u001b[<99u\u001b[=0;1u";

    private static final String END =
            // Margins of both kinds, and by a soft reset origin mode: resetting that alone moves the cursor.
            "\u001b7\u001b[?69l\u001b[r\u001b8\u001b[!p"
                    + "\u001b[?7h\u001b[?45l\u001b[?1045l\u001b[?41l\u001b[?95l\u001b[4l\u001b[20l"
                    // Printing and scrolling, key repeat, the backspace key, what DECCARA takes.
                    + "\u001b[?4l\u001b[?18l\u001b[?19l\u001b[?8h\u001b[?67l\u001b[*x"
                    // Link, character sets, protection, reverse video, style, cursor shape and visibility.
                    + "\u001b]8;;\u001b\\\u001b(B\u001b)B\u000f\u001b[0\"q\u001b[?5l\u001b[0m"
                    + "\u001b[0 q\u001b[?12l\u001b[?25h"
                    // Palette, foreground, background and cursor colour.
                    + "\u001b]104\u001b\\\u001b]105\u001b\\\u001b]110\u001b\\\u001b]111\u001b\\\u001b]112\u001b\\"
                    + "\u001b]113\u001b\\\u001b]114\u001b\\\u001b]115\u001b\\\u001b]116\u001b\\"
                    + "\u001b]117\u001b\\\u001b]118\u001b\\\u001b]119\u001b\\";

    private DetachReset() {}

    public static byte[] bytes() {
        return ascii(BEGIN + MAIN_SCREEN + END);
    }

    /// The same for a terminal that shows its main screen for certain.
    public static byte[] onMainScreen() {
        return ascii(BEGIN + END);
    }

    /// Only that the mouse is not reported.
    public static byte[] ofMouse() {
        return ascii(InputModes.NO_MOUSE);
    }

    private static byte[] ascii(String sequences) {
        return sequences.getBytes(StandardCharsets.US_ASCII);
    }
}

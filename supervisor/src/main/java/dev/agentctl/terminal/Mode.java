package dev.agentctl.terminal;

import org.jspecify.annotations.Nullable;

/// The switches that a program sets with SM and RM or their DEC private kind, by their number.
enum Mode {
    INSERT(4, false, false),
    NEWLINE(20, false, false),
    CURSOR_KEYS(1, true, false),
    WIDE_132(3, true, false),
    SMOOTH_SCROLL(4, true, false),
    REVERSE_VIDEO(5, true, false),
    ORIGIN(6, true, false),
    AUTOWRAP(7, true, true),
    KEY_REPEAT(8, true, true),
    CURSOR_BLINK(12, true, false),
    PRINT_FORM_FEED(18, true, false),
    PRINT_SCREEN(19, true, false),
    CURSOR_VISIBLE(25, true, true),
    ALLOW_132(40, true, false),
    WRAP_BEFORE_TAB(41, true, false),
    REVERSE_WRAP(45, true, false),
    KEYPAD(66, true, false),
    BACKSPACE_KEY(67, true, false),
    SIDE_MARGINS(69, true, false),
    KEEP_AT_WIDTH_CHANGE(95, true, false),
    FOCUS_EVENTS(1004, true, false),
    ALTERNATE_SCROLL(1007, true, false),
    BRACKETED_PASTE(2004, true, false),
    SYNCHRONIZED(2026, true, false),
    EXTENDED_REVERSE_WRAP(1045, true, false),
    COLOUR_SCHEME_EVENTS(2031, true, false);

    private static final Mode[] ALL = values();

    final int number;
    final boolean isPrivate;
    final boolean initiallySet;

    Mode(int number, boolean isPrivate, boolean initiallySet) {
        this.number = number;
        this.isPrivate = isPrivate;
        this.initiallySet = initiallySet;
    }

    static @Nullable Mode of(int number, boolean isPrivate) {
        for (Mode mode : ALL) {
            if (mode.number == number && mode.isPrivate == isPrivate) {
                return mode;
            }
        }
        return null;
    }

    /// `CSI [?] number h` or `l`.
    void describe(ByteText out, boolean set) {
        out.csi(isPrivate ? "?" : "").number(number).raw(set ? 'h' : 'l');
    }
}

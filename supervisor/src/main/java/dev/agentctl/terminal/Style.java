package dev.agentctl.terminal;

/// How a cell is drawn, packed into one long so that a run of cells is styled by one array fill.
///
/// Bits, from the lowest: 25 foreground, 25 background, 8 attributes, 3 underline style, 1 "has an [Extra]",
/// 1 protected (DECSCA). A colour is 0 for the terminal's own, 1 to 256 for palette entry 0 to 255, and
/// `RGB | rrggbb` for a direct colour. Plain text is 0, so a fresh array of cells is already plain.
final class Style {
    static final long PLAIN = 0;

    static final int COLOUR_BITS = 25;
    static final int COLOUR_MASK = (1 << COLOUR_BITS) - 1;
    static final int RGB = 1 << 24;
    static final int DEFAULT_COLOUR = 0;

    static final long BOLD = 1L << 50;
    static final long FAINT = 1L << 51;
    static final long ITALIC = 1L << 52;
    static final long BLINK = 1L << 53;
    static final long INVERSE = 1L << 54;
    static final long HIDDEN = 1L << 55;
    static final long STRUCK = 1L << 56;
    static final long OVERLINE = 1L << 57;
    static final long EXTRA = 1L << 61;
    static final long PROTECTED = 1L << 62;

    static final long FOREGROUND_MASK = COLOUR_MASK;
    static final long BACKGROUND_MASK = ((long) COLOUR_MASK) << COLOUR_BITS;
    private static final int UNDERLINE_SHIFT = 58;
    static final long UNDERLINE_MASK = 7L << UNDERLINE_SHIFT;

    private Style() {}

    static int indexed(int entry) {
        return entry + 1;
    }

    static int rgb(int red, int green, int blue) {
        return RGB | (red << 16) | (green << 8) | blue;
    }

    static int foreground(long style) {
        return (int) (style & FOREGROUND_MASK);
    }

    static int background(long style) {
        return (int) ((style & BACKGROUND_MASK) >>> COLOUR_BITS);
    }

    static int underline(long style) {
        return (int) ((style & UNDERLINE_MASK) >>> UNDERLINE_SHIFT);
    }

    static long withForeground(long style, int colour) {
        return (style & ~FOREGROUND_MASK) | colour;
    }

    static long withBackground(long style, int colour) {
        return (style & ~BACKGROUND_MASK) | (((long) colour) << COLOUR_BITS);
    }

    static long withUnderline(long style, int kind) {
        return (style & ~UNDERLINE_MASK) | (((long) kind) << UNDERLINE_SHIFT);
    }

    /// What erasing with this pen leaves behind: the background colour and nothing else.
    static long erased(long style) {
        return style & BACKGROUND_MASK;
    }
}

package dev.agentctl.terminal;

/// How many cells a code point takes, and whether it may join the character before it.
///
/// Wide are East Asian Width W and F of Unicode 16 and everything shown as an emoji by itself. Marks, medial
/// and final Hangul jamo, joiners and variation selectors take no cell of their own. A lone regional indicator
/// takes one cell, so that a flag is two cells whether or not its halves are joined.
final class Widths {
    private static final int TABLE_SIZE = 0x20000;
    private static final int WIDTH_MASK = 3;
    private static final byte MAY_JOIN = 4;
    /// Formatting characters that are neither shown nor part of a character: bidi controls, word joiners.
    private static final byte DROPPED = 8;

    /// Pairs of first and last code point, East Asian Width W and F.
    private static final int[] WIDE = {
        0x1100, 0x115F, 0x231A, 0x231B, 0x2329, 0x232A, 0x23E9, 0x23EC, 0x23F0, 0x23F0, 0x23F3, 0x23F3,
        0x25FD, 0x25FE, 0x2614, 0x2615, 0x2630, 0x2637, 0x2648, 0x2653, 0x267F, 0x267F, 0x268A, 0x268F,
        0x2693, 0x2693, 0x26A1, 0x26A1, 0x26AA, 0x26AB, 0x26BD, 0x26BE, 0x26C4, 0x26C5, 0x26CE, 0x26CE,
        0x26D4, 0x26D4, 0x26EA, 0x26EA, 0x26F2, 0x26F3, 0x26F5, 0x26F5, 0x26FA, 0x26FA, 0x26FD, 0x26FD,
        0x2705, 0x2705, 0x270A, 0x270B, 0x2728, 0x2728, 0x274C, 0x274C, 0x274E, 0x274E, 0x2753, 0x2755,
        0x2757, 0x2757, 0x2795, 0x2797, 0x27B0, 0x27B0, 0x27BF, 0x27BF, 0x2B1B, 0x2B1C, 0x2B50, 0x2B50,
        0x2B55, 0x2B55, 0x2E80, 0x2E99, 0x2E9B, 0x2EF3, 0x2F00, 0x2FD5, 0x2FF0, 0x303E, 0x3041, 0x3096,
        0x3099, 0x30FF, 0x3105, 0x312F, 0x3131, 0x318E, 0x3190, 0x31E5, 0x31EF, 0x321E, 0x3220, 0x3247,
        0x3250, 0xA48C, 0xA490, 0xA4C6, 0xA960, 0xA97C, 0xAC00, 0xD7A3, 0xF900, 0xFAFF, 0xFE10, 0xFE19,
        0xFE30, 0xFE52, 0xFE54, 0xFE66, 0xFE68, 0xFE6B, 0xFF01, 0xFF60, 0xFFE0, 0xFFE6, 0x16FE0, 0x16FE4,
        0x16FF0, 0x16FF1, 0x17000, 0x187F7, 0x18800, 0x18CD5, 0x18CFF, 0x18D08, 0x1AFF0, 0x1AFF3, 0x1AFF5, 0x1AFFB,
        0x1AFFD, 0x1AFFE, 0x1B000, 0x1B122, 0x1B132, 0x1B132, 0x1B150, 0x1B152, 0x1B155, 0x1B155, 0x1B164, 0x1B167,
        0x1B170, 0x1B2FB, 0x1D300, 0x1D356, 0x1D360, 0x1D376, 0x1F004, 0x1F004, 0x1F0CF, 0x1F0CF, 0x1F18E, 0x1F18E,
        0x1F191, 0x1F19A, 0x1F200, 0x1F202, 0x1F210, 0x1F23B, 0x1F240, 0x1F248, 0x1F250, 0x1F251, 0x1F260, 0x1F265,
        0x1F300, 0x1F320, 0x1F32D, 0x1F335, 0x1F337, 0x1F37C, 0x1F37E, 0x1F393, 0x1F3A0, 0x1F3CA, 0x1F3CF, 0x1F3D3,
        0x1F3E0, 0x1F3F0, 0x1F3F4, 0x1F3F4, 0x1F3F8, 0x1F43E, 0x1F440, 0x1F440, 0x1F442, 0x1F4FC, 0x1F4FF, 0x1F53D,
        0x1F54B, 0x1F54E, 0x1F550, 0x1F567, 0x1F57A, 0x1F57A, 0x1F595, 0x1F596, 0x1F5A4, 0x1F5A4, 0x1F5FB, 0x1F64F,
        0x1F680, 0x1F6C5, 0x1F6CC, 0x1F6CC, 0x1F6D0, 0x1F6D2, 0x1F6D5, 0x1F6D7, 0x1F6DC, 0x1F6DF, 0x1F6EB, 0x1F6EC,
        0x1F6F4, 0x1F6FC, 0x1F7E0, 0x1F7EB, 0x1F7F0, 0x1F7F0, 0x1F90C, 0x1F93A, 0x1F93C, 0x1F945, 0x1F947, 0x1F9FF,
        0x1FA70, 0x1FA7C, 0x1FA80, 0x1FA89, 0x1FA8F, 0x1FAC6, 0x1FACE, 0x1FADC, 0x1FADF, 0x1FAE9, 0x1FAF0, 0x1FAF8,
    };

    private static final byte[] TABLE = table();

    private Widths() {}

    /// 0, 1 or 2.
    static int width(int codePoint) {
        return properties(codePoint) & WIDTH_MASK;
    }

    /// Whether the character must be looked at together with the one before it.
    static boolean mayJoin(int codePoint) {
        return (properties(codePoint) & MAY_JOIN) != 0;
    }

    static boolean isDropped(int codePoint) {
        return (properties(codePoint) & DROPPED) != 0;
    }

    /// The width alone for ordinary characters; larger than 2 where [#mayJoin] or [#isDropped] holds.
    static int properties(int codePoint) {
        if (codePoint < TABLE_SIZE) {
            return TABLE[codePoint];
        }
        return codePoint < 0x40000 ? 2 : classify(codePoint);
    }

    private static byte[] table() {
        byte[] table = new byte[TABLE_SIZE];
        for (int codePoint = 0; codePoint < TABLE_SIZE; codePoint++) {
            table[codePoint] = classify(codePoint);
        }
        for (int i = 0; i < WIDE.length && WIDE[i] < TABLE_SIZE; i += 2) {
            for (int codePoint = WIDE[i]; codePoint <= WIDE[i + 1]; codePoint++) {
                if ((table[codePoint] & WIDTH_MASK) == 1) {
                    table[codePoint]++;
                }
            }
        }
        return table;
    }

    private static byte classify(int codePoint) {
        if (codePoint == 0xAD || codePoint < 0x80) {
            return 1;
        }
        if (isRegionalIndicator(codePoint)) {
            return 1 | MAY_JOIN;
        }
        if (Character.isEmojiPresentation(codePoint)) {
            return 2 | MAY_JOIN;
        }
        if (Character.isExtendedPictographic(codePoint)) {
            return 1 | MAY_JOIN;
        }
        return switch (Character.getType(codePoint)) {
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.COMBINING_SPACING_MARK -> MAY_JOIN;
            case Character.FORMAT -> format(codePoint);
            case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.CONTROL -> DROPPED;
            default -> isTrailingJamo(codePoint) ? MAY_JOIN : (byte) 1;
        };
    }

    private static byte format(int codePoint) {
        boolean joins = codePoint == 0x200C || codePoint == 0x200D || (codePoint >= 0xE0020 && codePoint <= 0xE007F);
        if (joins) {
            return MAY_JOIN;
        }
        // Arabic and other number signs are prepended to what follows but are seen.
        boolean visible = (codePoint >= 0x600 && codePoint <= 0x605)
                || codePoint == 0x6DD
                || codePoint == 0x70F
                || codePoint == 0x890
                || codePoint == 0x891
                || codePoint == 0x8E2;
        return visible ? 1 : DROPPED;
    }

    private static boolean isTrailingJamo(int codePoint) {
        return (codePoint >= 0x1160 && codePoint <= 0x11FF) || (codePoint >= 0xD7B0 && codePoint <= 0xD7FB);
    }

    static boolean isRegionalIndicator(int codePoint) {
        return codePoint >= 0x1F1E6 && codePoint <= 0x1F1FF;
    }
}

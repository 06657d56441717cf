package dev.agentctl.terminal;

/// The character sets G0 to G3 and which of them is in use. Only ASCII, DEC's line drawing and the British set
/// (a pound sign) differ in what they print; every other designation counts as ASCII.
final class Charsets {
    static final char ASCII = 'B';
    static final char LINE_DRAWING = '0';
    static final char BRITISH = 'A';

    /// DEC special graphics for 0x5F to 0x7E.
    private static final String GRAPHICS = " ◆▒␉␌␍␊°±␤␋┘┐┌└┼⎺⎻─⎼⎽├┤┴┬│≤≥π≠£·";

    /// What DECSC saves of the character sets.
    ///
    /// @param sets the final bytes of the designations of G0 to G3
    /// @param shifted which of them SI, SO, LS2 or LS3 chose
    record Selection(String sets, int shifted) {
        static final Selection ASCII = new Selection("BBBB", 0);
    }

    private final char[] sets = {ASCII, ASCII, ASCII, ASCII};
    private int shifted;
    /// The set for the next character only (SS2, SS3), or -1.
    private int single = -1;

    boolean isAscii() {
        return single < 0 && sets[shifted] == ASCII;
    }

    /// Puts a set into one of the four places.
    ///
    /// @param index 0 to 3
    void designate(int index, int finalByte) {
        sets[index] = finalByte == LINE_DRAWING || finalByte == BRITISH ? (char) finalByte : ASCII;
    }

    void shift(int index) {
        shifted = index;
    }

    void shiftOnce(int index) {
        single = index;
    }

    int pendingSingle() {
        return single;
    }

    /// What the ASCII character prints; uses up a single shift.
    int map(int ascii) {
        char set = sets[single >= 0 ? single : shifted];
        single = -1;
        if (set == LINE_DRAWING && ascii >= 0x5F && ascii <= 0x7E) {
            return GRAPHICS.charAt(ascii - 0x5F);
        }
        return set == BRITISH && ascii == '#' ? '£' : ascii;
    }

    /// A character outside ASCII was printed: it is in no set, but ends a single shift.
    void skipSingle() {
        single = -1;
    }

    Selection selection() {
        return new Selection(new String(sets), shifted);
    }

    void select(Selection selection) {
        for (int i = 0; i < sets.length; i++) {
            sets[i] = selection.sets().charAt(i);
        }
        shifted = selection.shifted();
        single = -1;
    }
}

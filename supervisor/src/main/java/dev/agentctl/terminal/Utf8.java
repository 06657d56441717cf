package dev.agentctl.terminal;

/// Decodes UTF-8 byte by byte, so that a chunk may be cut inside a character.
///
/// Overlong forms, surrogates and values past U+10FFFF decode to U+FFFD, one per broken character.
final class Utf8 {
    static final int REPLACEMENT = 0xFFFD;
    /// The character is not complete yet.
    static final int INCOMPLETE = -1;

    private final byte[] seen = new byte[4];
    private int seenCount;
    private int left;
    private int value;
    private int least;

    boolean inCharacter() {
        return left > 0;
    }

    /// Takes the first byte of a character.
    int first(int octet) {
        int lead = octet & 0xFF;
        if (lead >= 0xC2 && lead < 0xE0) {
            start(octet, 1, lead & 0x1F, 0x80);
        } else if (lead >= 0xE0 && lead < 0xF0) {
            start(octet, 2, lead & 0x0F, 0x800);
        } else if (lead >= 0xF0 && lead < 0xF5) {
            start(octet, 3, lead & 0x07, 0x10000);
        } else {
            return REPLACEMENT;
        }
        return INCOMPLETE;
    }

    private void start(int octet, int bytesLeft, int bits, int leastValue) {
        seen[0] = (byte) octet;
        seenCount = 1;
        left = bytesLeft;
        value = bits;
        least = leastValue;
    }

    /// Takes a continuation byte, 0x80 to 0xBF.
    int next(int octet) {
        seen[seenCount++] = (byte) octet;
        value = (value << 6) | (octet & 0x3F);
        if (--left > 0) {
            return INCOMPLETE;
        }
        return valid(value, least) ? value : REPLACEMENT;
    }

    /// Gives up the unfinished character.
    void abort() {
        left = 0;
    }

    static boolean valid(int codePoint, int leastValue) {
        return codePoint >= leastValue
                && codePoint <= Character.MAX_CODE_POINT
                && (codePoint < Character.MIN_SURROGATE || codePoint > Character.MAX_SURROGATE);
    }

    static boolean isContinuation(int octet) {
        return (octet & 0xC0) == 0x80;
    }

    /// Writes the bytes of the unfinished character.
    void describe(ByteText out) {
        if (left > 0) {
            out.raw(seen, 0, seenCount);
        }
    }
}

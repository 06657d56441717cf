package dev.agentctl.terminal;

/// Which code points belong to the character before them, after UAX #29 as far as the agents' own layouts use it:
/// marks, emoji joined by ZWJ, skin tones, variation selectors, flags, keycaps, Hangul jamo.
final class Clusters {
    /// Longest rest of a cluster, in UTF-16 units; further code points are dropped.
    static final int TAIL_LIMIT = 40;

    private static final int ZERO_WIDTH_JOINER = 0x200D;
    private static final int EMOJI_STYLE = 0xFE0F;
    private static final int KEYCAP = 0x20E3;
    private static final int FIRST_SKIN_TONE = 0x1F3FB;
    private static final int LAST_SKIN_TONE = 0x1F3FF;

    private Clusters() {}

    /// Whether `next`, printed right after the character made of `base` and `tail`, becomes part of it. Marks
    /// always do; this is about characters that could also stand alone.
    static boolean joins(int base, String tail, int next) {
        if (Widths.isRegionalIndicator(next)) {
            return Widths.isRegionalIndicator(base) && tail.isEmpty();
        }
        if (next >= FIRST_SKIN_TONE
                && next <= LAST_SKIN_TONE
                && Character.isEmojiModifierBase(lastSymbol(base, tail))) {
            return true;
        }
        return !tail.isEmpty()
                && tail.charAt(tail.length() - 1) == ZERO_WIDTH_JOINER
                && Character.isExtendedPictographic(next)
                && Character.isExtendedPictographic(base);
    }

    /// Whether joining `next` makes a narrow character wide.
    static boolean widens(int base, String tail, int next) {
        return switch (next) {
            case EMOJI_STYLE -> base >= 0x80 && Character.isEmoji(base);
            case KEYCAP -> Character.isEmoji(base) && tail.indexOf(EMOJI_STYLE) >= 0;
            default -> Widths.isRegionalIndicator(next) || Widths.width(next) == 2;
        };
    }

    private static int lastSymbol(int base, String tail) {
        int end = tail.length();
        if (end > 0 && tail.charAt(end - 1) == EMOJI_STYLE) {
            end--;
        }
        return end == 0 ? base : tail.codePointBefore(end);
    }
}

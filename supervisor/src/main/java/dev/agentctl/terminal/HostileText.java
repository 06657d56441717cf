package dev.agentctl.terminal;

import java.nio.charset.StandardCharsets;

/// Text that a program chose, made fit for showing elsewhere: no controls, no invisible direction marks, one line,
/// bounded.
final class HostileText {
    private static final int ZERO_WIDTH_JOINER = 0x200D;

    private HostileText() {}

    /// The text in UTF-8 among the bytes, cleaned.
    ///
    /// @param limit greatest number of code points kept
    static String clean(byte[] bytes, int from, int to, int limit) {
        int end = Math.min(to, from + limit * 8);
        return clean(new String(bytes, from, Math.max(end - from, 0), StandardCharsets.UTF_8), limit);
    }

    static String clean(String text, int limit) {
        StringBuilder kept = new StringBuilder();
        text.codePoints()
                .map(HostileText::replaced)
                .filter(codePoint -> codePoint >= 0)
                .limit(limit)
                .forEach(kept::appendCodePoint);
        return kept.toString().strip();
    }

    private static int replaced(int codePoint) {
        if (codePoint == '\n' || codePoint == '\t' || codePoint == '\r') {
            return ' ';
        }
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.SURROGATE, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> -1;
            case Character.FORMAT -> codePoint == ZERO_WIDTH_JOINER ? codePoint : -1;
            default -> codePoint;
        };
    }
}

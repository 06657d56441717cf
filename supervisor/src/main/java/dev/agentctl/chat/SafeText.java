package dev.agentctl.chat;

/// Makes what an agent or a person wrote fit to be shown: nothing in it may steer a terminal, turn the direction of
/// the text around it, or break the counting of UTF-16 units.
final class SafeText {
    private static final int REPLACEMENT = 0xFFFD;

    private SafeText() {}

    /// The text without control and bidirectional-control characters; `\n` and `\t` stay, lone surrogates become
    /// U+FFFD.
    static String of(String text) {
        StringBuilder safe = new StringBuilder(text.length());
        text.codePoints().filter(SafeText::isShown).map(SafeText::paired).forEach(safe::appendCodePoint);
        return safe.toString();
    }

    private static boolean isShown(int codePoint) {
        if (codePoint == '\n' || codePoint == '\t') {
            return true;
        }
        return !Character.isISOControl(codePoint) && !isDirectional(codePoint);
    }

    private static boolean isDirectional(int codePoint) {
        return (codePoint >= 0x2028 && codePoint <= 0x202E) || (codePoint >= 0x2066 && codePoint <= 0x2069);
    }

    private static int paired(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE ? REPLACEMENT : codePoint;
    }
}

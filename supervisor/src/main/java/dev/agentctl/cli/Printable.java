package dev.agentctl.cli;

/// Text made safe for a terminal: what an agent, a file or a message says may hold sequences that would steer it.
final class Printable {
    private static final char REPLACEMENT = '\uFFFD';

    private Printable() {}

    /// One line: every control and direction character is replaced, line ends by spaces.
    static String line(String text) {
        return clean(text, false);
    }

    /// Lines and tabs are kept, every other control and direction character is replaced.
    static String text(String text) {
        return clean(text, true);
    }

    /// How a text begins, with an ellipsis where it goes on.
    static String beginning(String text, int longest) {
        return text.codePointCount(0, text.length()) <= longest
                ? text
                : text.substring(0, text.offsetByCodePoints(0, longest - 1)) + "…";
    }

    private static String clean(String text, boolean lines) {
        StringBuilder clean = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n' || c == '\t') {
                clean.append(lines ? c : ' ');
            } else if (c == '\r') {
                // the line feed that follows it, if any, speaks for both
                clean.append(lines ? "" : " ");
            } else {
                clean.append(steers(c) ? REPLACEMENT : c);
            }
        }
        return clean.toString();
    }

    /// C0, DEL, C1, and the marks that reorder what is read (Unicode UAX 9).
    static boolean steers(int c) {
        return c < 0x20
                || (c >= 0x7f && c <= 0x9f)
                || (c >= 0x200e && c <= 0x200f)
                || (c >= 0x2028 && c <= 0x202e)
                || (c >= 0x2066 && c <= 0x2069)
                || c == 0x061c
                || c == 0xfeff;
    }
}

package dev.agentctl.chat;

/// Makes an agent's text fit to be judged by a person: what would be drawn as nothing, or would turn the order of
/// the text around, is written out. [SafeText] drops such characters; in what is to be approved they must be seen.
final class Visible {
    private Visible() {}

    static String of(String text) {
        StringBuilder shown = new StringBuilder(text.length());
        text.replace("\r\n", "\n").codePoints().forEach(point -> {
            if (point == '\n' || point == '\t' || isDrawn(point)) {
                shown.appendCodePoint(point);
            } else {
                shown.append("⟨U+%04X⟩".formatted(point));
            }
        });
        return shown.toString();
    }

    /// On one line, for a label.
    static String line(String text) {
        return of(text).replace('\n', ' ').replace('\t', ' ');
    }

    private static boolean isDrawn(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.PRIVATE_USE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            case Character.SPACE_SEPARATOR -> point == ' ';
            default -> !isFiller(point);
        };
    }

    /// Letters and marks that are drawn as nothing, and those that may vary the drawing of the one before.
    private static boolean isFiller(int point) {
        return point == 0x115F
                || point == 0x1160
                || point == 0x3164
                || point == 0xFFA0
                || point == 0x2800
                || point == 0x034F
                || (point >= 0x17B4 && point <= 0x17B5)
                || (point >= 0x180B && point <= 0x180F)
                || (point >= 0xFE00 && point <= 0xFE0E)
                || (point >= 0xE0100 && point <= 0xE01EF);
    }
}

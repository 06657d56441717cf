package dev.agentctl.terminal;

/// A row as one line of text.
final class RowText {
    private RowText() {}

    /// The line without trailing blanks.
    static String plain(Row row) {
        StringBuilder line = new StringBuilder();
        int length = row.length();
        for (int column = 0; column < length; column++) {
            append(line, row, column);
        }
        return line.toString().stripTrailing();
    }

    private static void append(StringBuilder line, Row row, int column) {
        int codePoint = row.codePoints[column];
        if (codePoint == 0 || codePoint == Row.FILLER) {
            line.append(' ');
        } else if (codePoint != Row.RIGHT_HALF) {
            line.appendCodePoint(codePoint).append(row.tail(column));
        }
    }

    /// The line with SGR sequences and nothing else that is not printable; it ends in the plain style.
    static String styled(Row row) {
        StringBuilder line = new StringBuilder();
        long style = Style.PLAIN;
        int length = row.length();
        for (int column = 0; column < length; column++) {
            if (row.codePoints[column] != Row.RIGHT_HALF && visible(row.styles[column]) != style) {
                style = visible(row.styles[column]);
                line.append(sequence(style));
            }
            append(line, row, column);
        }
        if (style != Style.PLAIN) {
            line.append(sequence(Style.PLAIN));
        }
        return line.toString();
    }

    private static long visible(long style) {
        return style & ~(Style.EXTRA | Style.PROTECTED);
    }

    private static String sequence(long style) {
        ByteText out = new ByteText(32).csi("");
        Rendition.describe(out, style, Extra.NONE);
        return out.ascii("m").toAsciiString();
    }
}

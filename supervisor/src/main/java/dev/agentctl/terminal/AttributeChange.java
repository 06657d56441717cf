package dev.agentctl.terminal;

/// What DECCARA and DECRARA do to one cell: SGR parameters, from the fifth parameter on, set or are reversed.
final class AttributeChange {
    private static final int FIRST = 4;

    private AttributeChange() {}

    static void apply(Row row, int column, Parameters parameters, boolean reverse) {
        if (row.codePoints[column] == Row.FILLER) {
            return;
        }
        Pen pen = new Pen();
        pen.set(row.styles[column], row.extra(column));
        if (reverse) {
            pen.style = reversed(pen.style, parameters);
        } else {
            Rendition.apply(parameters, FIRST, pen);
        }
        row.restyle(column, pen);
    }

    private static long reversed(long style, Parameters parameters) {
        long changed = style;
        for (int i = FIRST; i < Math.max(parameters.count(), FIRST + 1); i++) {
            changed = reversed(changed, parameters.value(i));
        }
        return changed;
    }

    private static long reversed(long style, int code) {
        return switch (code) {
            case 0 -> reversed(style ^ (Style.BOLD | Style.BLINK | Style.INVERSE), 4);
            case 1 -> style ^ Style.BOLD;
            case 4 -> Style.withUnderline(style, Style.underline(style) == 0 ? 1 : 0);
            case 5 -> style ^ Style.BLINK;
            case 7 -> style ^ Style.INVERSE;
            case 8 -> style ^ Style.HIDDEN;
            default -> style;
        };
    }
}

package dev.agentctl.terminal;

/// DECRQCRA's sum over the cells of a rectangle, as a VT420 and xterm count it: the characters, a blank being a
/// space, plus a number for each attribute, negated, 16 bits.
final class Checksum {
    private Checksum() {}

    static int of(Grid grid, Area area) {
        int sum = 0;
        for (int row = area.top(); row <= area.bottom(); row++) {
            for (int column = area.left(); column <= area.right(); column++) {
                sum += cell(grid.row(row), column);
            }
        }
        return -sum & 0xFFFF;
    }

    private static int cell(Row row, int column) {
        int codePoint = row.codePoints[column];
        if (codePoint == Row.RIGHT_HALF) {
            return 0;
        }
        long style = row.styles[column];
        return (codePoint <= 0 ? ' ' : codePoint)
                + weight(style, Style.HIDDEN, 0x08)
                + (Style.underline(style) == 0 ? 0 : 0x10)
                + weight(style, Style.INVERSE, 0x20)
                + weight(style, Style.BLINK, 0x40)
                + weight(style, Style.BOLD, 0x80);
    }

    private static int weight(long style, long flag, int weight) {
        return (style & flag) == 0 ? 0 : weight;
    }
}

package dev.agentctl.terminal;

import java.util.List;

/// Writes rows as bytes that draw them, for a terminal whose screen is blank and whose modes are the initial ones.
///
/// Blanks are skipped or erased, never printed as spaces, so that a copy has the same cells. A row that wrapped is
/// continued by wrapping, so that the copy knows the line as one.
final class Painter {
    private static final int UNKNOWN = -1;

    private final ByteText out;
    private final int columns;
    private long style = Style.PLAIN;
    private Extra extra = Extra.NONE;

    Painter(ByteText out, int columns) {
        this.out = out;
        this.columns = columns;
    }

    /// Draws the rows from the cursor's row on, one after the other; the cursor stands in the first column.
    void rows(List<Row> rows, boolean mayWrap) {
        int from = 0;
        for (int i = 0; i < rows.size(); i++) {
            Row row = rows.get(i);
            row(row, from);
            if (i + 1 < rows.size()) {
                from = nextRow(row, rows.get(i + 1), mayWrap);
            }
        }
        setStyle(Style.PLAIN, Extra.NONE);
    }

    /// Goes to the next row, by wrapping if the text did.
    ///
    /// @return the column up to which the next row is drawn already
    private int nextRow(Row row, Row next, boolean mayWrap) {
        if (!row.wrapped || !mayWrap) {
            plainBackground();
            out.ascii("\r\n");
            return 0;
        }
        if (row.codePoints[columns - 1] == Row.FILLER) {
            // Printing a wide character, here an ideographic space, leaves the last column out.
            setStyle(row.styles[columns - 1], Extra.NONE);
            out.csi(columns, "G").utf8("\u3000");
            setStyle(Style.PLAIN, Extra.NONE);
            out.ascii("\r").csi("K");
            return 0;
        }
        return firstCell(next);
    }

    private void plainBackground() {
        if (Style.background(style) != Style.DEFAULT_COLOUR) {
            setStyle(Style.PLAIN, Extra.NONE);
        }
    }

    /// Wraps into a new row by printing its first cell, or a space that is erased again.
    ///
    /// @return the column drawn up to
    private int firstCell(Row row) {
        int codePoint = row.codePoints[0];
        if (codePoint <= 0 || Widths.mayJoin(codePoint)) {
            setStyle(Style.PLAIN, Extra.NONE);
            out.ascii(" \r").csi("K");
            return 0;
        }
        int end = cell(row, 0);
        // A row scrolled in has the background of the pen.
        if (Style.background(style) != Style.DEFAULT_COLOUR && end < columns) {
            setStyle(Style.PLAIN, Extra.NONE);
            out.csi("K");
        }
        return end;
    }

    private void row(Row row, int from) {
        int length = row.length();
        int column = from;
        int at = from > 0 && !row.tail(0).isEmpty() ? UNKNOWN : from;
        while (column < length) {
            if (row.codePoints[column] == Row.FILLER) {
                column++;
            } else if (row.codePoints[column] == 0) {
                int end = blanks(row, column, length);
                if (row.styles[column] != Style.PLAIN) {
                    moveTo(column, at);
                    at = column;
                    setStyle(row.styles[column], Extra.NONE);
                    out.csi(end - column, "X");
                }
                column = end;
            } else {
                // A character that could join the one before it must not seem to follow it.
                moveTo(column, Widths.mayJoin(row.codePoints[column]) ? UNKNOWN : at);
                boolean cluster = !row.tail(column).isEmpty();
                column = cell(row, column);
                // The next terminal may count the cells of a cluster differently: say the column again.
                at = cluster ? UNKNOWN : column;
            }
        }
    }

    private static int blanks(Row row, int from, int to) {
        int end = from + 1;
        while (end < to && row.codePoints[end] == 0 && row.styles[end] == row.styles[from]) {
            end++;
        }
        return end;
    }

    private void moveTo(int column, int at) {
        if (column != at) {
            out.csi(column + 1, "G");
        }
    }

    /// Prints a character and returns the column behind it.
    int cell(Row row, int column) {
        setStyle(row.styles[column], row.extra(column));
        out.codePoint(row.codePoints[column]);
        String tail = row.tail(column);
        if (!tail.isEmpty()) {
            out.utf8(tail);
        }
        return column + (row.isWide(column) ? 2 : 1);
    }

    /// The terminal took this pen back by itself.
    void assume(long restoredStyle, Extra restoredExtra) {
        style = restoredStyle;
        extra = restoredExtra;
    }

    void setStyle(long newStyle, Extra newExtra) {
        if (newStyle == style && newExtra.equals(extra)) {
            return;
        }
        long shown = ~Style.PROTECTED;
        if ((newStyle & shown) != (style & shown) || newExtra.underlineColour() != extra.underlineColour()) {
            out.csi("");
            Rendition.describe(out, newStyle, newExtra);
            out.ascii("m");
        }
        if (((newStyle ^ style) & Style.PROTECTED) != 0) {
            out.csi((newStyle & Style.PROTECTED) != 0 ? 1 : 0, "\"q");
        }
        if (!newExtra.link().equals(extra.link()) || !newExtra.linkId().equals(extra.linkId())) {
            out.ascii("\u001b]8;").ascii(newExtra.linkId().isEmpty() ? "" : "id=" + newExtra.linkId());
            out.ascii(";").ascii(newExtra.link()).ascii("\u001b\\");
        }
        style = newStyle;
        extra = newExtra;
    }
}

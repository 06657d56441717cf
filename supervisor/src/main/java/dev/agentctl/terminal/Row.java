package dev.agentctl.terminal;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// One line of cells.
///
/// A cell is a code point and a packed [Style]. Code point 0 is a blank (never printed or erased; its style is a
/// background at most), [#RIGHT_HALF] the second cell of a wide character, [#FILLER] stands in for one. The rest of a
/// grapheme cluster, and the [Extra] of a style that has one, sit in side arrays that most rows never allocate. Cells
/// from `used` on are blank and plain, which keeps clearing and storing short lines cheap.
final class Row {
    static final int RIGHT_HALF = -1;
    /// The blank at the end of a wrapped row where a wide character did not fit and went to the next one.
    static final int FILLER = -2;

    final int[] codePoints;
    final long[] styles;

    @Nullable
    String @Nullable [] tails;

    @Nullable
    Extra @Nullable [] extras;

    int used;
    /// Some cell may have another style than the plain one; while not, styles need no writing and no reading.
    boolean styled;
    /// The text goes on in the next row: the cursor was wrapped there, not moved. Then the last cell is not blank.
    boolean wrapped;

    Row(int columns) {
        codePoints = new int[columns];
        styles = new long[columns];
    }

    int columns() {
        return codePoints.length;
    }

    /// The cells up to the last one that shows anything.
    int length() {
        int length = used;
        while (length > 0 && codePoints[length - 1] == 0 && styles[length - 1] == Style.PLAIN) {
            length--;
        }
        return length;
    }

    String tail(int column) {
        if (tails == null) {
            return "";
        }
        String tail = tails[column];
        return tail == null ? "" : tail;
    }

    Extra extra(int column) {
        if (extras == null || (styles[column] & Style.EXTRA) == 0) {
            return Extra.NONE;
        }
        Extra extra = extras[column];
        return extra == null ? Extra.NONE : extra;
    }

    /// Whether the character at this column takes two cells.
    boolean isWide(int column) {
        return column + 1 < codePoints.length && codePoints[column + 1] == RIGHT_HALF;
    }

    void putAscii(int column, byte[] bytes, int from, int count, Pen pen) {
        splitAt(column);
        splitAt(column + count);
        for (int i = 0; i < count; i++) {
            codePoints[column + i] = bytes[from + i];
        }
        style(column, column + count, pen);
    }

    void put(int column, int codePoint, int width, Pen pen) {
        splitAt(column);
        splitAt(column + width);
        codePoints[column] = codePoint;
        setStyle(column, pen.style);
        if (width == 2) {
            codePoints[column + 1] = RIGHT_HALF;
            setStyle(column + 1, pen.style);
        }
        styleSides(column, column + width, pen);
    }

    /// Changes the look of a cell; a blank becomes a space if that shows.
    void restyle(int column, Pen pen) {
        if (codePoints[column] == 0 && pen.style != Style.erased(pen.style)) {
            codePoints[column] = ' ';
        }
        setStyle(column, pen.style);
        if (extras != null || (pen.style & Style.EXTRA) != 0) {
            extraCells()[column] = pen.extra.isNone() ? null : pen.extra;
        }
        if (pen.style != Style.PLAIN) {
            used = Math.max(used, column + 1);
        }
    }

    private void style(int from, int to, Pen pen) {
        fillStyles(from, to, pen.style);
        styleSides(from, to, pen);
    }

    private void setStyle(int column, long style) {
        styles[column] = style;
        styled |= style != Style.PLAIN;
    }

    private void fillStyles(int from, int to, long style) {
        if (styled || style != Style.PLAIN) {
            Arrays.fill(styles, from, to, style);
            styled |= style != Style.PLAIN;
        }
    }

    private void styleSides(int from, int to, Pen pen) {
        if (tails != null) {
            Arrays.fill(tails, from, to, null);
        }
        if ((pen.style & Style.EXTRA) != 0) {
            Arrays.fill(extraCells(), from, to, pen.extra);
        } else if (extras != null) {
            Arrays.fill(extras, from, to, null);
        }
        used = Math.max(used, to);
    }

    private @Nullable Extra[] extraCells() {
        @Nullable Extra[] cells = extras;
        if (cells == null) {
            cells = new @Nullable Extra[codePoints.length];
            extras = cells;
        }
        return cells;
    }

    void setTail(int column, String tail) {
        @Nullable String[] cells = tails;
        if (cells == null) {
            cells = new @Nullable String[codePoints.length];
            tails = cells;
        }
        cells[column] = tail;
    }

    /// The text no longer goes on in the next row.
    void endLine() {
        wrapped = false;
        int last = columns() - 1;
        if (codePoints[last] == FILLER) {
            codePoints[last] = 0;
        }
    }

    /// Leaves the last column out because a wide character does not fit.
    void fillLast(long fill) {
        int last = columns() - 1;
        erase(last, columns(), fill);
        codePoints[last] = FILLER;
        used = columns();
    }

    /// Makes the narrow character at this column a wide one, over whatever stood to its right.
    void widen(int column) {
        splitAt(column + 2);
        codePoints[column + 1] = RIGHT_HALF;
        styles[column + 1] = styles[column];
        if (tails != null) {
            tails[column + 1] = null;
        }
        if (extras != null) {
            extras[column + 1] = extras[column];
        }
        used = Math.max(used, column + 2);
    }

    /// If a wide character straddles the edge before this column, blanks both of its halves.
    void splitAt(int column) {
        if (column > 0 && column < codePoints.length && codePoints[column] == RIGHT_HALF) {
            blank(column - 1);
            blank(column);
        }
    }

    private void blank(int column) {
        boolean atWrap = wrapped && column + 1 == codePoints.length;
        codePoints[column] = atWrap ? FILLER : 0;
        styles[column] = Style.erased(styles[column]);
        forget(column, column + 1);
    }

    private void forget(int from, int to) {
        if (tails != null) {
            Arrays.fill(tails, from, to, null);
        }
        if (extras != null) {
            Arrays.fill(extras, from, to, null);
        }
    }

    void erase(int from, int to, long fill) {
        if (from >= to) {
            return;
        }
        splitAt(from);
        splitAt(to);
        overwrite(from, to, fill);
    }

    /// Erases without regard to what stands beside these cells.
    private void overwrite(int from, int to, long fill) {
        if (to == columns()) {
            wrapped = false;
        }
        int end = fill == Style.PLAIN ? Math.min(to, used) : to;
        if (from < end) {
            Arrays.fill(codePoints, from, end, 0);
            fillStyles(from, end, fill);
            forget(from, end);
        }
        if (fill != Style.PLAIN) {
            used = Math.max(used, to);
        } else if (to >= used) {
            used = Math.min(used, from);
            styled &= used > 0;
        }
    }

    /// Erases only cells that were not printed under protection (DECSCA).
    void eraseUnprotected(int from, int to, long fill) {
        for (int column = from; column < to; column++) {
            if ((styles[column] & Style.PROTECTED) == 0) {
                boolean kept = wrapped;
                erase(column, column + 1, fill);
                wrapped = kept && column + 1 < columns();
            }
        }
    }

    void clear(long fill) {
        erase(0, columns(), fill);
    }

    /// Moves the cells from `column` on to the right; those pushed to `end` or past it are lost.
    void insert(int column, int end, int count, long fill) {
        splitAt(column);
        splitAt(end);
        int moved = end - column - count;
        if (moved <= 0) {
            erase(column, end, fill);
            return;
        }
        splitAt(column + moved);
        move(column, column + count, moved);
        used = used > column ? Math.max(used, Math.min(end, used + count)) : used;
        endLine();
        erase(column, column + count, fill);
    }

    /// Removes cells and draws the rest of those before `end` to the left.
    void delete(int column, int end, int count, long fill) {
        splitAt(column);
        splitAt(end);
        int moved = end - column - count;
        if (moved <= 0) {
            erase(column, end, fill);
            return;
        }
        splitAt(column + count);
        endLine();
        move(column + count, column, moved);
        overwrite(end - count, end, fill);
    }

    private void move(int from, int to, int count) {
        System.arraycopy(codePoints, from, codePoints, to, count);
        System.arraycopy(styles, from, styles, to, count);
        if (tails != null) {
            System.arraycopy(tails, from, tails, to, count);
        }
        if (extras != null) {
            System.arraycopy(extras, from, extras, to, count);
        }
    }

    /// Overwrites cells with those of another row; a wide character cut at either end becomes blanks.
    void replace(Row source, int from, int to, int count) {
        splitAt(to);
        splitAt(to + count);
        forget(to, to + count);
        copyCells(source, from, to, count);
        if (codePoints[to] == RIGHT_HALF) {
            blank(to);
        }
        if (source.isWide(from + count - 1)) {
            blank(to + count - 1);
        }
        if (to + count == columns()) {
            endLine();
        }
    }

    /// Takes cells of another row into blank ones; a wide character cut by the edge of this row becomes a blank.
    void copyCells(Row source, int from, int to, int count) {
        System.arraycopy(source.codePoints, from, codePoints, to, count);
        System.arraycopy(source.styles, from, styles, to, count);
        styled |= source.styled;
        for (int i = 0; i < count; i++) {
            String tail = source.tail(from + i);
            if (!tail.isEmpty()) {
                setTail(to + i, tail);
            }
            if ((source.styles[from + i] & Style.EXTRA) != 0) {
                extraCells()[to + i] = source.extra(from + i);
            }
        }
        used = Math.max(used, to + count);
    }

    /// A copy with another number of columns: cropped, or padded with blanks.
    Row resized(int newColumns) {
        Row copy = new Row(newColumns);
        int count = Math.min(length(), newColumns);
        copy.copyCells(this, 0, 0, count);
        if (count == newColumns && newColumns < columns() && codePoints[newColumns] == RIGHT_HALF) {
            copy.blank(newColumns - 1);
        }
        copy.wrapped = wrapped && newColumns == columns();
        if (!copy.wrapped && count > 0 && copy.codePoints[count - 1] == FILLER) {
            copy.codePoints[count - 1] = 0;
        }
        return copy;
    }
}

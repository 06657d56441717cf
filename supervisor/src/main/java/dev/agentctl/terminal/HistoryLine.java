package dev.agentctl.terminal;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A line that has left the screen, without its trailing blanks.
///
/// Most lines are Latin-1 text in one style, so they are kept as one byte per cell and one style; the arrays of
/// an evicted line are used again for a new one of about its length, so that a steady flood allocates nothing.
final class HistoryLine {
    private static final int[] NO_CODE_POINTS = {};

    private byte[] latin = new byte[0];
    private int[] codePoints = NO_CODE_POINTS;
    private long[] styles = new long[0];
    private boolean isLatin;
    private boolean isUniform;
    private long uniformStyle;
    private @Nullable String @Nullable [] tails;
    private @Nullable Extra @Nullable [] extras;
    private int cost;
    private int length;
    boolean wrapped;

    /// Takes over the row's content.
    ///
    /// @param budget how many characters of cluster tails and links may be kept; beyond it they are dropped
    void store(Row row, int budget) {
        length = row.length();
        wrapped = row.wrapped;
        storeCodePoints(row);
        storeStyles(row);
        cost = row.tails == null && row.extras == null ? 0 : cost(row);
        boolean affordable = cost <= budget;
        tails = affordable && row.tails != null ? Arrays.copyOf(row.tails, length) : null;
        extras = affordable && row.extras != null ? Arrays.copyOf(row.extras, length) : null;
        cost = affordable ? cost : 0;
    }

    private void storeCodePoints(Row row) {
        int all = 0;
        for (int i = 0; i < length; i++) {
            all |= row.codePoints[i];
        }
        isLatin = (all & ~0xFF) == 0;
        if (isLatin) {
            codePoints = NO_CODE_POINTS;
            latin = fits(latin.length) ? latin : new byte[length];
            for (int i = 0; i < length; i++) {
                latin[i] = (byte) row.codePoints[i];
            }
        } else {
            codePoints = fits(codePoints.length) ? codePoints : new int[length];
            System.arraycopy(row.codePoints, 0, codePoints, 0, length);
        }
    }

    private void storeStyles(Row row) {
        if (!row.styled) {
            isUniform = true;
            uniformStyle = Style.PLAIN;
            return;
        }
        uniformStyle = length == 0 ? Style.PLAIN : row.styles[0];
        long difference = 0;
        for (int i = 0; i < length; i++) {
            difference |= row.styles[i] ^ uniformStyle;
        }
        isUniform = difference == 0;
        if (!isUniform) {
            styles = fits(styles.length) ? styles : new long[length];
            System.arraycopy(row.styles, 0, styles, 0, length);
        }
    }

    private boolean fits(int capacity) {
        return capacity >= length && capacity <= 2 * length + 16;
    }

    private static int cost(Row row) {
        int sum = 0;
        for (int i = 0; i < row.used; i++) {
            sum += row.tail(i).length() + row.extra(i).cost();
        }
        return sum + row.used;
    }

    int cost() {
        return cost;
    }

    /// The line as a row of at least its own length.
    Row toRow(int columns) {
        Row row = new Row(Math.max(columns, length));
        for (int i = 0; i < length; i++) {
            row.codePoints[i] = isLatin ? latin[i] & 0xFF : codePoints[i];
        }
        if (isUniform) {
            Arrays.fill(row.styles, 0, length, uniformStyle);
        } else {
            System.arraycopy(styles, 0, row.styles, 0, length);
        }
        restoreSides(row);
        row.used = length;
        row.styled = true;
        row.wrapped = wrapped;
        if (!wrapped && length > 0 && row.codePoints[length - 1] == Row.FILLER) {
            row.codePoints[length - 1] = 0;
        }
        return row;
    }

    private void restoreSides(Row row) {
        if (tails != null) {
            row.tails = Arrays.copyOf(tails, row.columns());
        }
        if (extras == null) {
            for (int i = 0; i < length; i++) {
                row.styles[i] &= ~Style.EXTRA;
            }
        } else {
            row.extras = Arrays.copyOf(extras, row.columns());
        }
    }
}

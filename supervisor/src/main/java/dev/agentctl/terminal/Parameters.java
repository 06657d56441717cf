package dev.agentctl.terminal;

/// The numeric parameters of a control sequence, collected digit by digit.
///
/// At most 32 parameters are kept, surplus ones are dropped; a value stops growing at 65,535. A parameter that
/// was left out reads as missing, which is not the same as 0 for a few commands. Each parameter remembers
/// whether a colon (ECMA-48 sub-parameter) or a semicolon stood before it.
final class Parameters {
    static final int LIMIT = 32;
    static final int GREATEST = 65_535;
    static final int MISSING = -1;

    private final int[] values = new int[LIMIT];
    private final boolean[] afterColon = new boolean[LIMIT];
    private int count = 1;
    private boolean overflown;

    Parameters() {
        reset();
    }

    void reset() {
        count = 1;
        values[0] = MISSING;
        afterColon[0] = false;
        overflown = false;
    }

    void digit(int digit) {
        if (overflown) {
            return;
        }
        int value = values[count - 1];
        values[count - 1] = value < 0 ? digit : Math.min(value * 10 + digit, GREATEST);
    }

    void separator(boolean colon) {
        if (count == LIMIT) {
            overflown = true;
            return;
        }
        values[count] = MISSING;
        afterColon[count] = colon;
        count++;
    }

    int count() {
        return count;
    }

    /// The value as sent, or [#MISSING].
    int raw(int index) {
        return index < count ? values[index] : MISSING;
    }

    /// The value, 0 where it is missing.
    int value(int index) {
        return Math.max(raw(index), 0);
    }

    /// The value of a repeat count, a row or a column: at least 1.
    int positive(int index) {
        return Math.max(raw(index), 1);
    }

    boolean isSub(int index) {
        return index < count && afterColon[index];
    }

    /// Writes the parameters as they were sent, so that the digits still to come can follow.
    void describe(ByteText out) {
        for (int i = 0; i < count; i++) {
            if (i > 0) {
                out.ascii(afterColon[i] ? ":" : ";");
            }
            if (values[i] >= 0) {
                out.number(values[i]);
            }
        }
        if (overflown) {
            out.ascii(";");
        }
    }
}

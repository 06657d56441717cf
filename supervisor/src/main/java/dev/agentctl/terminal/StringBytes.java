package dev.agentctl.terminal;

import java.util.Arrays;

/// The payload of a control string (OSC, DCS) while it arrives; one that grows past its limit is given up.
final class StringBytes {
    private static final int KEPT_CAPACITY = 4096;

    private byte[] bytes = new byte[256];
    private int length;
    private int limit;
    private boolean overflown;

    void start(int newLimit) {
        if (bytes.length > KEPT_CAPACITY) {
            bytes = new byte[256];
        }
        length = 0;
        limit = newLimit;
        overflown = false;
    }

    void append(byte[] source, int from, int to) {
        int count = to - from;
        if (overflown || length + count > limit) {
            giveUp();
            return;
        }
        if (length + count > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + count));
        }
        System.arraycopy(source, from, bytes, length, count);
        length += count;
    }

    /// Gives it up, as if it had grown past its limit.
    void giveUp() {
        overflown = true;
        length = 0;
    }

    /// Whether it begins with so many decimal digits.
    boolean beginsWithDigits(int count) {
        if (length < count) {
            return false;
        }
        for (int i = 0; i < count; i++) {
            if (bytes[i] < '0' || bytes[i] > '9') {
                return false;
            }
        }
        return true;
    }

    boolean overflown() {
        return overflown;
    }

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }
}

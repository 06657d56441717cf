package dev.agentctl.terminal;

import java.util.Arrays;

/// The progressive enhancement flags of the kitty keyboard protocol, one stack per screen buffer.
final class KittyKeyboard {
    private static final int DEPTH = 16;
    private static final int ALL_FLAGS = 31;

    /// Entry 0 is what holds while nothing is pushed.
    private final int[] flags = new int[DEPTH + 1];
    private int depth;

    int current() {
        return flags[depth];
    }

    /// A push onto a full stack drops its oldest entry.
    void push(int newFlags) {
        if (depth == DEPTH) {
            System.arraycopy(flags, 2, flags, 1, DEPTH - 1);
        } else {
            depth++;
        }
        flags[depth] = newFlags & ALL_FLAGS;
    }

    /// Popping more than was pushed also resets the base.
    void pop(int count) {
        if (count > depth) {
            reset();
        } else {
            depth -= count;
        }
    }

    /// Changes the flags on top of the stack.
    ///
    /// @param mode 1 replaces, 2 adds, 3 removes
    void set(int newFlags, int mode) {
        int given = newFlags & ALL_FLAGS;
        switch (mode) {
            case 1 -> flags[depth] = given;
            case 2 -> flags[depth] |= given;
            case 3 -> flags[depth] &= ~given;
            default -> {}
        }
    }

    void reset() {
        Arrays.fill(flags, 0);
        depth = 0;
    }

    boolean isReset() {
        return depth == 0 && flags[0] == 0;
    }

    void describe(ByteText out) {
        if (flags[0] != 0) {
            out.ascii("\u001b[=").number(flags[0]).ascii(";1u");
        }
        for (int i = 1; i <= depth; i++) {
            out.ascii("\u001b[>").number(flags[i]).ascii("u");
        }
    }
}

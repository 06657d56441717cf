package dev.agentctl.terminal;

/// A rectangle of cells; rows and columns count from 0 and are inclusive.
record Area(int top, int left, int bottom, int right) {
    /// The rectangle that four parameters give, on the screen at most. In origin mode it counts from the region's
    /// first cell and stays within the region.
    static Area of(Parameters parameters, int first, TerminalState state) {
        Area page = page(state);
        int bottom = parameters.value(first + 2);
        int right = parameters.value(first + 3);
        return new Area(
                page.top + parameters.positive(first) - 1,
                page.left + parameters.positive(first + 1) - 1,
                bottom == 0 ? page.bottom : Math.min(page.top + bottom - 1, page.bottom),
                right == 0 ? page.right : Math.min(page.left + right - 1, page.right));
    }

    /// What a program can address now.
    static Area page(TerminalState state) {
        Margins margins = state.margins;
        return state.modes.isSet(Mode.ORIGIN)
                ? new Area(margins.top, margins.left, margins.bottom, margins.right)
                : new Area(0, 0, state.rows - 1, state.columns - 1);
    }

    boolean isEmpty() {
        return top > bottom || left > right;
    }

    int height() {
        return bottom - top + 1;
    }

    int width() {
        return right - left + 1;
    }
}

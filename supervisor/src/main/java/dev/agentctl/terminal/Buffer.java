package dev.agentctl.terminal;

/// A screen buffer, main or alternate, with what belongs to it alone. The alternate one has no history; what it shows
/// outlives a visit to the main one where the program left it by the old mode 47.
final class Buffer {
    Grid grid;
    final History history;
    SavedCursor saved = SavedCursor.HOME;
    final KittyKeyboard keyboard = new KittyKeyboard();

    Buffer(int columns, int rows, int historyLines) {
        grid = new Grid(columns, rows);
        history = new History(historyLines);
    }

    /// Lines that leave the region go into the history where the region begins at the screen's top and has its width.
    void scrollUp(Margins margins, int lines, long fill) {
        if (margins.top == 0 && margins.isFullWidth()) {
            grid.scrollUp(0, margins.bottom, lines, fill, history);
        } else {
            deleteLines(margins.top, margins, lines, fill);
        }
    }

    /// Moves the region's rows from `from` on up; nothing enters the history.
    void deleteLines(int from, Margins margins, int lines, long fill) {
        endHistoryBefore(from);
        if (margins.isFullWidth()) {
            grid.scrollUp(from, margins.bottom, lines, fill);
        } else {
            shiftPartOfRows(from, margins, lines, fill);
        }
    }

    /// Moves the region's rows from `from` on down; scrolling down is this from the top.
    void insertLines(int from, Margins margins, int lines, long fill) {
        endHistoryBefore(from);
        if (margins.isFullWidth()) {
            grid.scrollDown(from, margins.bottom, lines, fill);
        } else {
            shiftPartOfRows(from, margins, -lines, fill);
        }
    }

    private void endHistoryBefore(int row) {
        if (row == 0) {
            history.endLine();
        }
    }

    /// Between side margins cells move, not rows: up by `lines`, or down where it is negative.
    private void shiftPartOfRows(int from, Margins margins, int lines, long fill) {
        int width = margins.right - margins.left + 1;
        int height = margins.bottom - from + 1;
        for (int i = 0; i < height; i++) {
            int to = lines > 0 ? from + i : margins.bottom - i;
            int source = to + Math.clamp(lines, -height, height);
            if (source >= from && source <= margins.bottom) {
                grid.row(to).replace(grid.row(source), margins.left, margins.left, width);
            } else {
                grid.row(to).erase(margins.left, margins.right + 1, fill);
            }
        }
        grid.endLines(from - 1, margins.bottom);
    }

    void reset(int columns, int rows) {
        grid = new Grid(columns, rows);
        saved = SavedCursor.HOME;
        keyboard.reset();
    }

    /// Whether nothing was drawn, saved or pushed here.
    boolean isPristine() {
        return saved.equals(SavedCursor.HOME)
                && keyboard.isReset()
                && grid.rows().stream().allMatch(row -> row.length() == 0);
    }
}

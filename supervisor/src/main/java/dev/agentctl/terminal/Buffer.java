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

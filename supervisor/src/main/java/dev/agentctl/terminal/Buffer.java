package dev.agentctl.terminal;

/// A screen buffer, main or alternate, with what belongs to it alone. The alternate one has no history.
final class Buffer {
    Grid grid;
    final History history;
    SavedCursor saved = SavedCursor.HOME;
    final KittyKeyboard keyboard = new KittyKeyboard();

    Buffer(int columns, int rows, int historyLines) {
        grid = new Grid(columns, rows);
        history = new History(historyLines);
    }
}

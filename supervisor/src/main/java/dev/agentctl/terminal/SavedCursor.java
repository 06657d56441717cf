package dev.agentctl.terminal;

/// What DECSC saves.
record SavedCursor(
        int row,
        int column,
        boolean pendingWrap,
        long style,
        Extra extra,
        boolean origin,
        Charsets.Selection charsets) {
    static final SavedCursor HOME =
            new SavedCursor(0, 0, false, Style.PLAIN, Extra.NONE, false, Charsets.Selection.ASCII);

    SavedCursor at(int newRow, int newColumn, boolean newPendingWrap) {
        return new SavedCursor(newRow, newColumn, newPendingWrap, style, extra, origin, charsets);
    }
}

package dev.agentctl.terminal;

/// Where the next character goes, counted from 0.
final class Cursor {
    int row;
    int column;
    /// The last column was just printed: the next character goes to the next row first.
    boolean pendingWrap;
}

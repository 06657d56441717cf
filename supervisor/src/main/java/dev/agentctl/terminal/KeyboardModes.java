package dev.agentctl.terminal;

/// How a program wants its keys, as far as it changes their bytes.
///
/// @param applicationCursor cursor keys as `ESC O A` instead of `ESC [ A` (DECCKM)
/// @param applicationKeypad keypad keys as sequences instead of their characters (DECKPAM)
/// @param kittyFlags the kitty keyboard flags in force, 0 for none
public record KeyboardModes(boolean applicationCursor, boolean applicationKeypad, int kittyFlags) {
    /// What a terminal begins with.
    public static final KeyboardModes PLAIN = new KeyboardModes(false, false, 0);
}

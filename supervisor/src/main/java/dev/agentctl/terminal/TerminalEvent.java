package dev.agentctl.terminal;

import java.util.OptionalInt;

/// Something a program told its terminal besides drawing. All text in it was chosen by the program: it is free of
/// control characters and bounded, but may lie.
public sealed interface TerminalEvent {
    /// OSC 0 or 2: the window's title.
    record Title(String title) implements TerminalEvent {}

    /// BEL.
    record Bell() implements TerminalEvent {}

    /// OSC 9 (no title) or OSC 777.
    record Notification(String title, String body) implements TerminalEvent {}

    /// OSC 9;4, as in ConEmu.
    ///
    /// @param state 0 removed, 1 at `percent`, 2 failed, 3 of unknown length, 4 paused
    /// @param percent 0 to 100
    record Progress(int state, int percent) implements TerminalEvent {}

    /// OSC 7501, the program status protocol.
    ///
    /// @param state `idle`, `working`, `done`, `blocked`, `error` or `clear`
    /// @param application the program's name for itself, empty where it gave none
    /// @param kind what it is blocked by (`permission`, `question`, `auth`), empty where it gave none
    /// @param message decoded, empty where it gave none
    record ProgramStatus(String state, String application, String kind, String message) implements TerminalEvent {}

    /// OSC 133, shell integration.
    ///
    /// @param mark `A` prompt, `B` command line, `C` output, `D` end
    /// @param exitCode of the command, with `D` only
    record PromptMark(char mark, OptionalInt exitCode) implements TerminalEvent {}

    /// OSC 52: the program wanted to set or read the clipboard and was not let.
    ///
    /// @param characters size of the encoded text
    record ClipboardDropped(int characters) implements TerminalEvent {}
}

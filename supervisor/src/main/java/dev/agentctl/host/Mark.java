package dev.agentctl.host;

/// Something that happened at an offset of a session's byte log, other than output.
public sealed interface Mark {
    /// A child began; what follows is its output.
    record Started(long generation, long pid) implements Mark {}

    /// The terminal has this size from here on.
    record Resized(int columns, int rows) implements Mark {}

    /// The child ended; all its output stands before.
    ///
    /// @param status the exit status, 128 + n after signal n
    record Exited(long generation, int status) implements Mark {}
}

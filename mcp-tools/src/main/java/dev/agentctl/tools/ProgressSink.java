package dev.agentctl.tools;

/// Takes signs of life of a waiting call.
@FunctionalInterface
interface ProgressSink {
    /// For a call whose client asked for no progress.
    ProgressSink NONE = (_, _) -> {};

    /// Says that the call still waits.
    ///
    /// @param seconds waited so far; each call has more than the one before
    /// @param message one short line that the client may show
    void report(double seconds, String message);
}

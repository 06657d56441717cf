package dev.agentctl.tools;

/// What waiting within a call came to.
sealed interface Waited<T> {
    /// What was waited for is here.
    record Arrived<T>(T value) implements Waited<T> {}

    /// The wait ended first; what was waited for may still come, to a later call.
    record Ended<T>(OpenCall.Ending ending) implements Waited<T> {}

    /// The session has too many waiting calls; this one did not wait.
    record Refused<T>() implements Waited<T> {}
}

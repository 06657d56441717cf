package dev.agentctl.session;

import java.time.Instant;

/// What is seen of a session.
public sealed interface SessionState {
    record Stopped() implements SessionState {}

    /// A child is being started, or its agent has not reported yet.
    ///
    /// @param pid 0 until there is a process
    record Starting(long pid, Instant at) implements SessionState {}

    record Running(long pid, Instant startedAt, Activity activity) implements SessionState {}

    /// It crashed or could not be started now, and will be started again.
    ///
    /// @param attempt how many crashes in a row this is; 0 where nothing crashed
    /// @param fresh whether a new conversation is then to be begun
    record Backoff(Instant until, int attempt, String cause, boolean fresh) implements SessionState {
        Backoff(Instant until, int attempt, String cause) {
            this(until, attempt, cause, false);
        }
    }

    /// It was asked to end.
    ///
    /// @param pid 0 where the start itself was not confirmed yet
    /// @param thenStart whether it is to be started again once it has ended, with a `fresh` conversation or its own
    record Stopping(long pid, boolean thenStart, boolean fresh) implements SessionState {
        Stopping(long pid, boolean thenStart) {
            this(pid, thenStart, false);
        }
    }

    /// It ended by itself, and is not to be started again.
    record Exited(int code) implements SessionState {}

    /// It cannot run, or crashed too often; a person has to look.
    record Failed(String reason) implements SessionState {}

    /// The word in the command line, in JSON and in the chat.
    default String word() {
        return switch (this) {
            case Stopped _ -> "stopped";
            case Starting _ -> "starting";
            case Running running -> running.activity().word();
            case Backoff _ -> "backoff";
            case Stopping _ -> "stopping";
            case Exited _ -> "exited";
            case Failed _ -> "failed";
        };
    }

    /// The child's process, 0 where there is none.
    default long childPid() {
        return switch (this) {
            case Starting starting -> starting.pid();
            case Running running -> running.pid();
            case Stopping stopping -> stopping.pid();
            case Stopped _, Backoff _, Exited _, Failed _ -> 0;
        };
    }
}

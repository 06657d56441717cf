package dev.agentctl.cli;

import dev.agentctl.control.ExitCode;

/// Ends a command. The message is the one line that the person sees: what failed, where, what to do next.
final class CommandFailure extends Exception {
    private final ExitCode code;

    CommandFailure(ExitCode code, String message) {
        super(message);
        this.code = code;
    }

    CommandFailure(ExitCode code, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    ExitCode code() {
        return code;
    }

    /// The line on standard error.
    String line() {
        return "agentctl: " + Printable.line(String.valueOf(getMessage()));
    }
}

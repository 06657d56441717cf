package dev.agentctl.tools;

/// The operator's side could not take what an agent gave it: nothing was stored. The message is one line, fit for the
/// agent to read: what failed and whether to call again.
public final class OperatorUnavailable extends RuntimeException {
    public OperatorUnavailable(String message) {
        super(message);
    }

    public OperatorUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}

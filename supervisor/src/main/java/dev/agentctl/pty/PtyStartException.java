package dev.agentctl.pty;

/// A child could not be started. The message is one line: what, where, what to do.
public final class PtyStartException extends Exception {
    private final boolean permanent;

    PtyStartException(String message, boolean permanent) {
        super(message);
        this.permanent = permanent;
    }

    /// True when trying again without a person's help is useless: no such program, no such folder.
    public boolean permanent() {
        return permanent;
    }
}

package dev.agentctl.doctor;

/// A capability that is not there.
final class Missing extends Exception {
    private static final long serialVersionUID = 1;

    /// @param seen instead, in one line
    Missing(String seen) {
        super(seen);
    }
}

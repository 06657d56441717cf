package dev.agentctl.session;

/// What a person wants of a session; what is seen of it is its [SessionState].
public enum Desired {
    UP,
    DOWN;

    /// The word in JSON.
    public String word() {
        return this == UP ? "up" : "down";
    }
}

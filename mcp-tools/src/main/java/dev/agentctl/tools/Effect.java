package dev.agentctl.tools;

/// What a call does to the world, for clients that decide by it whether to ask their user first. No tool of an agent is
/// destructive or reaches beyond the operator: Codex with the approval policy "never" refuses those.
enum Effect {
    /// Changes nothing, however often it is called.
    LOOKS,
    /// Changes nothing, but each call may bring something else: what it brought is not brought again.
    RECEIVES,
    /// Gives somebody something to read; twice when called twice.
    TELLS,
    /// Ends what goes on; once is enough.
    ENDS;

    boolean readOnly() {
        return this == LOOKS || this == RECEIVES;
    }

    boolean destructive() {
        return this == ENDS;
    }

    boolean idempotent() {
        return this == LOOKS || this == ENDS;
    }
}

package dev.agentctl.session;

import java.util.Optional;

/// What is remembered of the turn that the agent was prompted to last.
///
/// @param ours whether its prompt was a message of the queue, and not a person's at the terminal
/// @param limited what the model's side ended it with, while that lasts
public record LastTurn(boolean ours, Optional<Activity.Limited> limited) {
    /// Of a session that was never prompted.
    public static final LastTurn NONE = new LastTurn(true, Optional.empty());
}

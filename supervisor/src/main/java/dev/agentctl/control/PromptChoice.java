package dev.agentctl.control;

/// What a person at the command line chose for a dialog.
public sealed interface PromptChoice {
    record Approve() implements PromptChoice {}

    /// Yes, now and from now on.
    ///
    /// @param offer of the agent's, from 1
    record Always(int offer) implements PromptChoice {}

    record Deny(String reason) implements PromptChoice {}

    record Answer(String text) implements PromptChoice {}
}

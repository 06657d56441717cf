package dev.agentctl.session;

/// What the agent of a running session does, as far as it was seen.
public sealed interface Activity {
    Evidence evidence();

    /// It waits for a prompt: the only activity into which a message is typed.
    record Idle(Evidence evidence) implements Activity {}

    record Working(Evidence evidence) implements Activity {}

    /// A dialog is open in its terminal.
    record AwaitingApproval(String what, Evidence evidence) implements Activity {}

    record AwaitingAnswer(String what, Evidence evidence) implements Activity {}

    /// Nothing has told: a program that reports nothing, or an agent that has not yet.
    record Unknown(Evidence evidence) implements Activity {}

    /// The word in the command line, in JSON and in the chat.
    default String word() {
        return switch (this) {
            case Idle _ -> "idle";
            case Working _ -> "working";
            case AwaitingApproval _ -> "awaiting-approval";
            case AwaitingAnswer _ -> "awaiting-answer";
            case Unknown _ -> "running";
        };
    }
}

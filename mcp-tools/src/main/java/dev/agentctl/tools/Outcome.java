package dev.agentctl.tools;

/// What a tool answers its agent with.
sealed interface Outcome {
    String text();

    /// The call did what it is for.
    record Done(String text) implements Outcome {}

    /// It did not; the text says why and what to do next.
    record Failed(String text) implements Outcome {}
}

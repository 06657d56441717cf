package dev.agentctl.control;

/// What a [ControlRequest.Wait] waits for.
public sealed interface WaitGoal {
    /// A state by its word; `running` is any state in which the agent runs.
    record State(String word) implements WaitGoal {}

    /// A text on one line of the screen.
    record Text(String text) implements WaitGoal {}

    /// The end of a child.
    ///
    /// @param generation the number of that child's start; 0: the one that runs, or else comes next
    record Exit(long generation) implements WaitGoal {}
}

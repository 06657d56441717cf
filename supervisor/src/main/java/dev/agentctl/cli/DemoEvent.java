package dev.agentctl.cli;

import dev.agentctl.control.ControlReply;

/// What happens during a demo, in the order in which it is dealt with.
sealed interface DemoEvent {
    record Shown(ControlReply.Said said) implements DemoEvent {}

    /// The supervisor has dealt with the last line.
    record LineDone() implements DemoEvent {}

    record Typed(String line) implements DemoEvent {}

    record InputEnded() implements DemoEvent {}

    /// It is time for the accident.
    record KillDue() implements DemoEvent {}

    /// Ctrl-C, TERM, or the terminal is gone.
    record StopAsked() implements DemoEvent {}

    record SupervisorGone() implements DemoEvent {}
}

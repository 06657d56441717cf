package dev.agentctl.session;

import dev.agentctl.pty.Signal;
import java.time.Duration;
import java.util.Optional;

/// What a step of the lifecycle wants done.
public sealed interface Effect {
    /// Start a child of this generation, after everything that its predecessor left behind is gone.
    ///
    /// @param fresh with a new conversation, even if there is one to resume
    /// @param crash how its predecessor crashed, if it did
    record Launch(long generation, boolean fresh, Optional<String> crash) implements Effect {}

    /// Ask the agent to quit: in its own way where it was seen idle, else by a signal, for what is typed into
    /// anything but an empty composer may answer a dialog.
    record Quit(long generation, boolean idle) implements Effect {}

    record Send(long generation, Signal signal) implements Effect {}

    /// End whatever the session started that has left its process group.
    record Sweep() implements Effect {}

    /// Tell the agent to go on with the turn that a limit ended, unless messages wait for it anyway.
    record GoOn(long generation) implements Effect {}

    record Wait(long generation, Duration time, SessionEvent.Timer timer) implements Effect {}

    /// Look at its screen, and say what is there: nothing was heard of the agent.
    ///
    /// @param cause the time that has passed
    record Look(long generation, SessionEvent.Timer cause) implements Effect {}

    /// Tell the operators.
    record Tell(Notice notice) implements Effect {}

    /// What operators are told about a session without having asked.
    sealed interface Notice {
        /// It crashed and is started again.
        record Crashed(String cause, Duration delay) implements Notice {}

        /// It could not be started now, and is tried until it can.
        record Delayed(String cause) implements Notice {}

        /// It is running again after a crash.
        ///
        /// @param resumed whether in the conversation of before, as far as it has one
        record Recovered(boolean resumed) implements Notice {}

        /// It was resumed after a turn that its end had cut short, and was told nothing.
        ///
        /// @param tool what was running; it may or may not have finished
        record LeftIdle(Optional<String> tool) implements Notice {}

        /// It was resumed after a turn that its end had cut short, and the message that began the turn is typed
        /// again.
        record Repeated(String message) implements Notice {}

        record GaveUp(String reason) implements Notice {}

        record Exited(int code) implements Notice {}

        /// Its agent has not reported since it was started; a dialog may be open that no hook tells of.
        ///
        /// @param screen what its terminal shows
        record NotReported(String screen) implements Notice {}

        /// It was working, and a dialog stands before it that it does not tell of.
        ///
        /// @param screen what its terminal shows
        record Covered(String screen) implements Notice {}

        /// It was working, and has given no sign of life for so long.
        record Stuck(Duration silence) implements Notice {}

        /// It has not ended at SIGKILL.
        record Survived(long pid) implements Notice {}
    }
}

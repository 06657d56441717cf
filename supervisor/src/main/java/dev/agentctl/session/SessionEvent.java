package dev.agentctl.session;

import dev.agentctl.agent.AgentEvent;
import java.time.Duration;
import java.util.Optional;

/// What happens to a session. Those with a generation are dropped when a newer child has been started since.
public sealed interface SessionEvent {
    /// A person wants it up.
    ///
    /// @param fresh begins a new conversation
    record StartAsked(boolean fresh) implements SessionEvent {}

    record StopAsked() implements SessionEvent {}

    record RestartAsked() implements SessionEvent {}

    /// A person wants what the model's side refused tried anew, now.
    record RetryAsked() implements SessionEvent {}

    record Spawned(long generation, long pid) implements SessionEvent {}

    /// Nothing was started.
    ///
    /// @param permanent whether a person has to mend it; else it may pass, such as a full disk
    /// @param fresh whether the refused start was to begin a new conversation, and has not
    record SpawnRefused(long generation, String reason, boolean permanent, boolean fresh) implements SessionEvent {
        SpawnRefused(long generation, String reason, boolean permanent) {
            this(generation, reason, permanent, false);
        }
    }

    /// No host took the request to start: nothing was started, and nothing is wrong with the session.
    record HostAway(long generation) implements SessionEvent {}

    /// The child has ended, by itself or at our wish.
    ///
    /// @param outOfMemory whether the kernel killed it for want of memory
    record ChildEnded(long generation, int status, boolean outOfMemory) implements SessionEvent {
        ChildEnded(long generation, int status) {
            this(generation, status, false);
        }
    }

    /// The host went away, and with it every child.
    record HostLost() implements SessionEvent {}

    /// A child that a former supervisor started is still there.
    ///
    /// @param limited what that supervisor had seen of it, and `heard` what it had heard
    record Adopted(long generation, long pid, Optional<Activity.Limited> limited, Heard heard) implements SessionEvent {
        Adopted(long generation, long pid) {
            this(generation, pid, Optional.empty(), Heard.MORE);
        }
    }

    /// The agent reported something of itself.
    ///
    /// @param hook whether a hook said it, or the terminal
    record AgentReported(long generation, AgentEvent event, boolean hook) implements SessionEvent {}

    /// Its screen was looked at, as the lifecycle asked.
    ///
    /// @param cause the time that had passed
    /// @param quiet for how long the terminal has printed nothing
    /// @param screen what it shows
    /// @param composer whether that is all there for a message to be typed, as far as the agent's screen is known
    record LookedAt(long generation, Timer cause, Duration quiet, String screen, boolean composer)
            implements SessionEvent {
        LookedAt(long generation, Timer cause, Duration quiet, String screen) {
            this(generation, cause, quiet, screen, true);
        }
    }

    /// A time that the lifecycle asked for has passed.
    record TimeUp(long generation, Timer timer) implements SessionEvent {}

    /// What a passed time means.
    enum Timer {
        /// The back-off is over.
        RESTART,
        /// An agent should have reported by now.
        REPORT_DUE,
        /// It did not quit by itself.
        QUIT,
        /// It did not end at SIGTERM.
        TERMINATE,
        /// It did not end at SIGKILL.
        KILL,
        /// An agent that works may have given no sign of life for too long.
        SILENCE,
        /// What the model's side refused may be tried anew.
        LIMIT_OVER,
        /// What the terminal printed shortly after a hook counts by now, if nothing came since.
        RECHECK
    }
}

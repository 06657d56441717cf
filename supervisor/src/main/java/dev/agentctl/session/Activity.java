package dev.agentctl.session;

import dev.agentctl.agent.Limit;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// What the agent of a running session does, as far as it was seen.
public sealed interface Activity {
    Evidence evidence();

    /// It waits for a prompt.
    record Idle(Evidence evidence) implements Activity {}

    record Working(Evidence evidence) implements Activity {}

    /// Its turn is over, and commands or subagents that it began go on. It takes a prompt meanwhile.
    record Background(int tasks, Evidence evidence) implements Activity {}

    /// The model's side refuses to go on; messages wait.
    ///
    /// @param until when that ends, where it was told
    record Limited(Limit limit, Optional<Instant> until, Evidence evidence) implements Activity {
        /// A usage limit whose end was not told is tried anew after so long.
        private static final Duration UNTOLD = Duration.ofMinutes(15);
        /// Told times are cut to the minute, and clocks differ: without a pause a limit that is said to be over would
        /// be run into again as fast as it refuses.
        private static final Duration LEAST = Duration.ofSeconds(15);

        /// When it may be tried anew; empty where only a person can end it.
        Optional<Instant> over() {
            Instant earliest = evidence.at().plus(LEAST);
            return until.map(told -> told.isBefore(earliest) ? earliest : told)
                    .or(() -> limit == Limit.USAGE ? Optional.of(evidence.at().plus(UNTOLD)) : Optional.empty());
        }
    }

    /// It was working, and has given no sign of life for long.
    ///
    /// @param silentSince its last one
    /// @param evidence that it was working
    record Stuck(Instant silentSince, Evidence evidence) implements Activity {}

    /// It was working and says nothing else, but has printed nothing for a while and shows nothing that could be typed
    /// into: a dialog stands before it that it does not tell of.
    ///
    /// @param line the last of what it shows
    record Covered(String line, Evidence evidence) implements Activity {}

    /// A dialog is open in its terminal.
    record AwaitingApproval(String what, Evidence evidence) implements Activity {}

    record AwaitingAnswer(String what, Evidence evidence) implements Activity {}

    /// Nothing has told: a program that reports nothing, or an agent that has not yet.
    record Unknown(Evidence evidence) implements Activity {}

    /// The word in the command line, in JSON and in the chat.
    default String word() {
        return switch (this) {
            case Idle _ -> "idle";
            case Working _, Background _ -> "working";
            case Limited _ -> "limited";
            case Stuck _ -> "stuck";
            case AwaitingApproval _ -> "awaiting-approval";
            case AwaitingAnswer _, Covered _ -> "awaiting-answer";
            case Unknown _ -> "running";
        };
    }
}

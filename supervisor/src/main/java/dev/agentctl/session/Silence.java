package dev.agentctl.session;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Tells an agent that is stuck from one that works: while they work, Claude Code and Codex draw their spinner at
/// least once a second, however long a tool or the model takes.
///
/// The terminal's quiet is measured, not read off a clock, so that a clock that is turned neither makes an agent stuck
/// nor keeps it from it.
///
/// @param limit how long one that works may give no sign of life
record Silence(Duration limit) {
    /// How often one that is stuck is looked at, for its next sign of life.
    static final Duration AGAIN = Duration.ofSeconds(5);

    /// The least to wait.
    private static final Duration JITTER = Duration.ofSeconds(1);

    /// What the activity has become by a look at the terminal, empty where it is what it was.
    ///
    /// @param quiet for how long the terminal has printed nothing
    Optional<Activity> after(Activity activity, Duration quiet, Instant now) {
        return switch (activity) {
            case Activity.Working working -> {
                Instant since = lastSign(working, quiet, now);
                yield isOver(since, now)
                        ? Optional.of(new Activity.Stuck(since, working.evidence()))
                        : Optional.empty();
            }
            case Activity.Stuck _ ->
                // it was at least as quiet as that when it became stuck
                quiet.compareTo(limit) < 0
                        ? Optional.of(new Activity.Working(new Evidence("it prints again, seen", now)))
                        : Optional.empty();
            // a server that it started may say nothing for days
            case Activity.Background _,
                    Activity.Limited _,
                    Activity.Idle _,
                    Activity.AwaitingApproval _,
                    Activity.AwaitingAnswer _,
                    Activity.Unknown _ -> Optional.empty();
        };
    }

    /// When to look again, so that the limit is seen when it is reached.
    Duration next(Activity activity, Duration quiet, Instant now) {
        return switch (activity) {
            case Activity.Working working -> {
                Duration left = limit.minus(Duration.between(lastSign(working, quiet, now), now));
                yield left.compareTo(JITTER) < 0 ? JITTER : left;
            }
            case Activity.Stuck _ -> AGAIN;
            case Activity.Background _,
                    Activity.Limited _,
                    Activity.Idle _,
                    Activity.AwaitingApproval _,
                    Activity.AwaitingAnswer _,
                    Activity.Unknown _ -> limit;
        };
    }

    private boolean isOver(Instant since, Instant now) {
        return Duration.between(since, now).compareTo(limit) >= 0;
    }

    private static Instant lastSign(Activity.Working working, Duration quiet, Instant now) {
        Instant printed = now.minus(quiet);
        Instant reported = working.evidence().at();
        boolean clockWentBack = reported.isAfter(now);
        return reported.isAfter(printed) && !clockWentBack ? reported : printed;
    }
}

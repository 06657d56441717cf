package dev.agentctl.session;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Tells an agent that is stuck, or stands before a dialog of which it tells nothing, from one that works: while they
/// work, the agents draw their spinner at least once a second, however long a tool or the model takes.
///
/// The terminal's quiet is measured, not read off a clock, so that a clock that is turned neither makes an agent stuck
/// nor keeps it from it.
///
/// @param limit how long one that works may give no sign of life
/// @param ofDialogs after how long it stands before a dialog, where its composer is gone as well
record Silence(Duration limit, Optional<Duration> ofDialogs) {
    /// How often one that is stuck is looked at, for its next sign of life.
    static final Duration AGAIN = Duration.ofSeconds(5);

    /// The least to wait.
    private static final Duration JITTER = Duration.ofSeconds(1);

    Silence(Duration limit) {
        this(limit, Optional.empty());
    }

    /// What the activity has become by a look at the terminal, empty where it is what it was.
    Optional<Activity> after(Activity activity, SessionEvent.LookedAt looked, Instant now) {
        Duration quiet = looked.quiet();
        return switch (activity) {
            case Activity.Working working -> {
                Instant since = lastSign(working, quiet, now);
                if (isCovered(since, looked, now)) {
                    yield Optional.of(covered(looked.screen(), now));
                }
                yield isOver(since, now)
                        ? Optional.of(new Activity.Stuck(since, working.evidence()))
                        : Optional.empty();
            }
            case Activity.Covered _ ->
                looked.composer() ? working("its composer is back, seen", now) : Optional.empty();
            case Activity.Stuck _ ->
                // it was at least as quiet as that when it became stuck
                quiet.compareTo(limit) < 0 ? working("it prints again, seen", now) : Optional.empty();
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
                Duration silent = Duration.between(lastSign(working, quiet, now), now);
                Duration left = limit.minus(silent);
                // a dialog may follow later upon what was printed last
                Duration dialog =
                        ofDialogs.map(time -> least(AGAIN, time.minus(silent))).orElse(left);
                yield least(JITTER, left.compareTo(dialog) < 0 ? left : dialog);
            }
            case Activity.Stuck _, Activity.Covered _ -> AGAIN;
            case Activity.Background _,
                    Activity.Limited _,
                    Activity.Idle _,
                    Activity.AwaitingApproval _,
                    Activity.AwaitingAnswer _,
                    Activity.Unknown _ -> limit;
        };
    }

    /// How soon to look at one that has begun to work, where that is sooner than for one that rests.
    Optional<Duration> first(Activity before, Activity activity) {
        boolean began = activity instanceof Activity.Working && !(before instanceof Activity.Working);
        return began ? ofDialogs : Optional.empty();
    }

    private static Duration least(Duration least, Duration time) {
        return time.compareTo(least) < 0 ? least : time;
    }

    private boolean isCovered(Instant since, SessionEvent.LookedAt looked, Instant now) {
        return !looked.composer()
                && ofDialogs
                        .filter(time -> Duration.between(since, now).compareTo(time) >= 0)
                        .isPresent();
    }

    private static Activity covered(String screen, Instant now) {
        return new Activity.Covered(
                FirstReport.lastLine(screen), new Evidence("screen, still and without its composer,", now));
    }

    private static Optional<Activity> working(String source, Instant now) {
        return Optional.of(new Activity.Working(new Evidence(source, now)));
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

package dev.agentctl.session;

import dev.agentctl.project.RestartMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/// Whether and when a child that ended by itself is started again.
///
/// The first crash after a healthy run restarts at once, then after 1 s, doubled up to 5 min, each with up to a quarter
/// more so that many sessions do not start together. Five crashes in ten minutes, or twenty in six hours (runs of a few
/// minutes never make five in ten), end in giving up: an agent that starts costs money.
///
/// A start that comes to nothing for what may pass, such as a full disk, costs none and is tried without end, from 1 s
/// doubled up to 30 s.
final class RestartPolicy {
    private static final Duration HEALTHY = Duration.ofSeconds(60);
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final Duration LONGEST_REFUSED = Duration.ofSeconds(30);
    private static final Duration SHORT_WINDOW = Duration.ofMinutes(10);
    private static final int SHORT_WINDOW_MOST = 5;
    private static final Duration LONG_WINDOW = Duration.ofHours(6);
    private static final int LONG_WINDOW_MOST = 20;
    /// Not executable, not found, and sysexits' EX_CONFIG: no restart mends these.
    private static final Set<Integer> PERMANENT = Set.of(126, 127, 78);

    private RestartPolicy() {}

    /// What is to be done.
    sealed interface Decision {
        /// It is over, and is not started again.
        record Finished() implements Decision {}

        record Again(Duration delay, Failures failures) implements Decision {}

        record GiveUp(String reason) implements Decision {}
    }

    /// @param ran how long the child ran
    /// @param random in [0, 1), for the jitter
    static Decision after(int status, Duration ran, RestartMode mode, Failures failures, Instant now, double random) {
        boolean failure = status != 0;
        if (mode == RestartMode.NO || (!failure && mode == RestartMode.ON_FAILURE)) {
            return new Decision.Finished();
        }
        if (PERMANENT.contains(status)) {
            return new Decision.GiveUp("a restart does not mend that; look at its screen");
        }
        boolean healthy = ran.compareTo(max(HEALTHY, failures.lastDelay())) >= 0;
        Duration delay = healthy ? Duration.ZERO : longer(failures.lastDelay());
        Duration jittered = jittered(delay, random);
        Failures next = failures.and(now, delay, healthy, LONG_WINDOW);
        if (next.since(now.minus(SHORT_WINDOW)) >= SHORT_WINDOW_MOST) {
            return new Decision.GiveUp(SHORT_WINDOW_MOST + " crashes in ten minutes");
        }
        if (next.since(now.minus(LONG_WINDOW)) >= LONG_WINDOW_MOST) {
            return new Decision.GiveUp(LONG_WINDOW_MOST + " crashes in six hours");
        }
        return new Decision.Again(jittered, next);
    }

    /// @param refusals how many starts in a row came to nothing
    static Duration afterRefusal(int refusals, double random) {
        Duration delay = FIRST;
        for (int i = 1; i < refusals && delay.compareTo(LONGEST_REFUSED) < 0; i++) {
            delay = delay.multipliedBy(2);
        }
        return jittered(delay.compareTo(LONGEST_REFUSED) > 0 ? LONGEST_REFUSED : delay, random);
    }

    private static Duration jittered(Duration delay, double random) {
        return delay.plusMillis((long) (delay.toMillis() * 0.25 * random));
    }

    private static Duration longer(Duration last) {
        Duration doubled = max(FIRST, last.multipliedBy(2));
        return doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
    }

    private static Duration max(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}

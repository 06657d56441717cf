package dev.agentctl.session;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// The crashes of a session since a person last started it, and the starts that came to nothing.
///
/// @param at when, oldest first; no older than the long window
/// @param inARow crashes without a healthy run between them
/// @param lastDelay the delay that the last of them caused
/// @param refusals how many starts in a row came to nothing for what may pass
record Failures(List<Instant> at, int inARow, Duration lastDelay, int refusals) {
    static final Failures NONE = new Failures(List.of(), 0, Duration.ZERO);

    Failures(List<Instant> at, int inARow, Duration lastDelay) {
        this(at, inARow, lastDelay, 0);
    }

    Failures {
        at = List.copyOf(at);
    }

    Failures and(Instant crash, Duration delay, boolean afterHealthyRun, Duration window) {
        List<Instant> kept = new ArrayList<>(at);
        // one of the future is of a clock that was put back: when it was is not known any more
        kept.removeIf(instant -> instant.isBefore(crash.minus(window)) || instant.isAfter(crash));
        kept.add(crash);
        return new Failures(kept, afterHealthyRun ? 1 : inARow + 1, delay);
    }

    /// One more start came to nothing, which is no crash.
    Failures andRefusal() {
        return new Failures(at, inARow, lastDelay, refusals + 1);
    }

    Failures withoutRefusals() {
        return new Failures(at, inARow, lastDelay);
    }

    long since(Instant instant) {
        return at.stream().filter(crash -> crash.isAfter(instant)).count();
    }
}

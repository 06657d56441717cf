package dev.agentctl.session;

import java.time.Duration;
import java.time.Instant;

/// A person who types in a session's attached terminal. Until a little after the last key nothing else is typed there,
/// and longer while they have left a draft: typing empties the composer first. Immutable.
///
/// @param until when they count as gone
record PersonAtTerminal(Instant until, boolean draft) {
    static final PersonAtTerminal NOBODY = new PersonAtTerminal(Instant.MIN, false);
    /// Attached terminals tell of keys at most once a second.
    private static final Duration AFTER_KEY = Duration.ofSeconds(6);

    /// Long enough to think about a sentence; whoever forgets one must not hold up the messages for ever.
    private static final Duration AFTER_DRAFT = Duration.ofMinutes(2);

    static PersonAtTerminal seen(boolean draft, Instant now) {
        return new PersonAtTerminal(now.plus(draft ? AFTER_DRAFT : AFTER_KEY), draft);
    }

    boolean types(Instant now) {
        return now.isBefore(until);
    }

    /// For a person, empty where nobody types.
    String evidence(Instant now) {
        if (!types(now)) {
            return "";
        }
        return draft ? "a person has an unsent draft at its terminal" : "a person types at its terminal";
    }
}

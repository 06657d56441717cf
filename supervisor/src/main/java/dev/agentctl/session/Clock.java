package dev.agentctl.session;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/// How times of day are shown to a person.
public final class Clock {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneId.systemDefault());

    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd").withZone(ZoneId.systemDefault());

    private Clock() {}

    static String time(Instant at) {
        return TIME.format(at);
    }

    /// The time of day, with its date where that is not today's.
    public static String moment(Instant at, Instant now) {
        boolean today = DATE.format(at).equals(DATE.format(now));
        return today ? time(at) : DATE.format(at) + " " + time(at);
    }
}

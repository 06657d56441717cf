package dev.agentctl.session;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/// How times of day are shown to a person.
final class Clock {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneId.systemDefault());

    private Clock() {}

    static String time(Instant at) {
        return TIME.format(at);
    }
}

package dev.agentctl.cli;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;

/// Points in time as the command line writes them. Without a formatter of the library, whose loading alone would take
/// longer than `status`.
final class Times {
    private Times() {}

    /// UTC by the second, as `2026-01-31T08:05:00Z` (RFC 3339).
    static String utc(long millis) {
        LocalDateTime time = LocalDateTime.ofEpochSecond(Math.floorDiv(millis, 1_000L), 0, ZoneOffset.UTC);
        StringBuilder text = new StringBuilder(20).append(time.toLocalDate()).append('T');
        two(text, time.getHour()).append(':');
        two(text, time.getMinute()).append(':');
        return two(text, time.getSecond()).append('Z').toString();
    }

    /// In this machine's zone by the second, as `2026-01-31 08:05:00`.
    static String local(long millis) {
        LocalDateTime time = LocalDateTime.ofInstant(Instant.ofEpochMilli(millis), ZoneId.systemDefault());
        StringBuilder text = new StringBuilder(20).append(time.toLocalDate()).append(' ');
        two(text, time.getHour()).append(':');
        two(text, time.getMinute()).append(':');
        return two(text, time.getSecond()).toString();
    }

    /// How long ago, by its largest units: `42s`, `7m`, `3h05m`, `12d`.
    static String ago(long then, long now) {
        long seconds = Math.max(0, now - then) / 1_000;
        if (seconds < 60) {
            return seconds + "s";
        }
        if (seconds < 3_600) {
            return seconds / 60 + "m";
        }
        if (seconds < 86_400) {
            StringBuilder text = new StringBuilder().append(seconds / 3_600).append('h');
            return two(text, (int) (seconds % 3_600 / 60)).append('m').toString();
        }
        return seconds / 86_400 + "d";
    }

    private static StringBuilder two(StringBuilder text, int number) {
        return text.append(number < 10 ? "0" : "").append(number);
    }
}

package dev.agentctl.project;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;

/// The hours of a day, by this machine's clock, in which only what cannot wait makes a sound; often over midnight.
public record QuietHours(LocalTime from, LocalTime to) {
    /// Reads `22:00-07:00`; empty for what is no such stretch.
    static Optional<QuietHours> parse(String text) {
        String[] parts = text.strip().split("\\s*-\\s*", 2);
        try {
            return parts.length == 2 && !parts[0].equals(parts[1])
                    ? Optional.of(new QuietHours(LocalTime.parse(parts[0]), LocalTime.parse(parts[1])))
                    : Optional.empty();
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    public boolean hold(Instant now, ZoneId zone) {
        LocalTime time = LocalTime.ofInstant(now, zone);
        return from.isBefore(to)
                ? !time.isBefore(from) && time.isBefore(to)
                : !time.isBefore(from) || time.isBefore(to);
    }

    /// When they last ended.
    public Instant lastEnd(Instant now, ZoneId zone) {
        ZonedDateTime today = now.atZone(zone).with(to);
        return (today.toInstant().isAfter(now) ? today.minusDays(1) : today).toInstant();
    }

    /// When those that ended then had begun.
    public Instant beginOf(Instant end, ZoneId zone) {
        ZonedDateTime day = end.atZone(zone).with(from);
        return (day.toInstant().isBefore(end) ? day : day.minusDays(1)).toInstant();
    }
}

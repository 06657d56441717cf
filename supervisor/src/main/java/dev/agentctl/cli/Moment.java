package dev.agentctl.cli;

import dev.agentctl.project.Durations;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Points in time as people write them. Pure.
final class Moment {
    private Moment() {}

    /// Reads `10m` (that long ago), `14:05`, `14:05:10` (the last time it was that late), `2026-11-26`,
    /// `2026-11-26 14:05:10`, or a whole ISO 8601 time with its zone; empty where it is none of them.
    static Optional<Instant> parse(String text, ZonedDateTime now) {
        Optional<Instant> ago = ago(text).map(now.toInstant()::minus);
        if (ago.isPresent()) {
            return ago;
        }
        String written = text.strip().replace(' ', 'T');
        List<Function<String, Instant>> forms = List.of(
                t -> OffsetDateTime.parse(t).toInstant(),
                t -> LocalDateTime.parse(t).atZone(now.getZone()).toInstant(),
                t -> LocalDate.parse(t).atStartOfDay(now.getZone()).toInstant(),
                t -> last(LocalTime.parse(t), now));
        return forms.stream().flatMap(form -> read(form, written).stream()).findFirst();
    }

    private static Optional<Duration> ago(String text) {
        if (text.matches("[0-9]{1,5}d")) {
            return Optional.of(Duration.ofDays(Long.parseLong(text, 0, text.length() - 1, 10)));
        }
        // a number alone might be a year
        return text.matches("[0-9]+") ? Optional.empty() : Durations.parse(text);
    }

    private static Optional<Instant> read(Function<String, Instant> form, String text) {
        try {
            return Optional.of(form.apply(text));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    private static Instant last(LocalTime time, ZonedDateTime now) {
        ZonedDateTime today = now.with(time);
        return (today.isAfter(now) ? today.minusDays(1) : today).toInstant();
    }
}

package dev.agentctl.agent;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// When a usage limit ends, from the words that the agent's hook or own file gives for it. That there is a limit never
/// follows from them.
final class LimitEnd {
    /// `… usage limit reached|1762952400`
    private static final Pattern SECONDS = Pattern.compile("\\|(\\d{10})\\b");

    /// `… · resets 1:30am (Asia/Dhaka)`, `… · resets Feb 16, 11am (Europe/Berlin)`
    private static final Pattern CLOCK = Pattern.compile(
            "resets? (?:at )?(?:([A-Z][a-z]{2} \\d{1,2}), )?(\\d{1,2}(?::\\d{2})?) ?([ap]m) \\(([\\w/+-]+)\\)");

    /// Codex: `… or try again at 2:26 PM.`, `… or try again at Nov 29th, 2026 12:26 PM.`
    private static final Pattern AGAIN = Pattern.compile(
            "try again at (?:([A-Z][a-z]{2} \\d{1,2})(?:st|nd|rd|th), (\\d{4}) )?(\\d{1,2}:\\d{2}) ([AP]M)");

    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .appendPattern("h[:mm]a")
            .toFormatter(Locale.ENGLISH);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("MMM d", Locale.ENGLISH);
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("MMM d yyyy", Locale.ENGLISH);

    /// A time of day this shortly before now is meant, and not tomorrow's.
    private static final Duration PAST = Duration.ofMinutes(5);

    private LimitEnd() {}

    /// Codex's words, which tell a time of day in the zone of its machine; empty where they do not.
    static Optional<Instant> again(String words, Instant at, ZoneId zone) {
        Matcher again = AGAIN.matcher(words);
        if (!again.find()) {
            return Optional.empty();
        }
        try {
            LocalTime time = LocalTime.parse(group(again, 3) + group(again, 4), TIME);
            ZonedDateTime today = at.atZone(zone).with(time).truncatedTo(ChronoUnit.MINUTES);
            String day = again.group(1);
            return Optional.of((day == null
                            ? tomorrowIfPast(today, at)
                            : today.with(LocalDate.parse(day + " " + group(again, 2), DATE)))
                    .toInstant());
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    /// Empty where they do not tell.
    static Optional<Instant> read(String words, Instant now) {
        Matcher seconds = SECONDS.matcher(words);
        if (seconds.find()) {
            return Optional.of(Instant.ofEpochSecond(Long.parseLong(group(seconds, 1))));
        }
        Matcher clock = CLOCK.matcher(words);
        return clock.find() ? onClock(clock, now) : Optional.empty();
    }

    private static Optional<Instant> onClock(Matcher clock, Instant now) {
        try {
            LocalTime time = LocalTime.parse(group(clock, 2) + group(clock, 3), TIME);
            ZonedDateTime today =
                    now.atZone(ZoneId.of(group(clock, 4))).with(time).truncatedTo(ChronoUnit.MINUTES);
            String day = clock.group(1);
            return Optional.of((day == null ? tomorrowIfPast(today, now) : onDay(today, day, now)).toInstant());
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    private static ZonedDateTime tomorrowIfPast(ZonedDateTime today, Instant now) {
        return isPast(today, now) ? today.plusDays(1) : today;
    }

    private static ZonedDateTime onDay(ZonedDateTime today, String day, Instant now) {
        ZonedDateTime thisYear = today.with(MonthDay.parse(day, DAY));
        return isPast(thisYear, now) ? thisYear.plusYears(1) : thisYear;
    }

    private static boolean isPast(ZonedDateTime time, Instant now) {
        return time.toInstant().isBefore(now.minus(PAST));
    }

    private static String group(Matcher match, int number) {
        return Objects.requireNonNull(match.group(number));
    }
}

package dev.agentctl.project;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Durations as the configuration writes them: `500ms`, `10s`, `2m`, `1h`, or a plain number of seconds.
public final class Durations {
    /// Nine digits cannot overflow, in any unit.
    private static final Pattern FORM = Pattern.compile("([0-9]{1,9}) ?(ms|s|m|h|)");

    private Durations() {}

    /// Empty where `text` is none of them.
    public static Optional<Duration> parse(String text) {
        Matcher form = FORM.matcher(text.strip());
        if (!form.matches()) {
            return Optional.empty();
        }
        long number = Long.parseLong(requireNonNull(form.group(1)));
        return Optional.of(
                switch (requireNonNull(form.group(2))) {
                    case "ms" -> Duration.ofMillis(number);
                    case "m" -> Duration.ofMinutes(number);
                    case "h" -> Duration.ofHours(number);
                    default -> Duration.ofSeconds(number);
                });
    }
}

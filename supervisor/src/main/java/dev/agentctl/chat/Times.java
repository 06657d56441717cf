package dev.agentctl.chat;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/// Times as people write and read them in a chat.
final class Times {
    private static final Pattern WRITTEN = Pattern.compile("\\d{1,4}[smhd]");
    private static final String OFF = "off";

    private Times() {}

    /// Whether a word is a time, or `off`.
    static boolean isTime(String word) {
        return word.equals(OFF) || WRITTEN.matcher(word).matches();
    }

    /// A time such as `30m` or `8h`; empty for `off` and what is none.
    static Optional<Duration> read(String word) {
        if (!WRITTEN.matcher(word).matches()) {
            return Optional.empty();
        }
        long number = Long.parseLong(word.substring(0, word.length() - 1));
        return Optional.of(
                switch (word.charAt(word.length() - 1)) {
                    case 's' -> Duration.ofSeconds(number);
                    case 'm' -> Duration.ofMinutes(number);
                    case 'h' -> Duration.ofHours(number);
                    default -> Duration.ofDays(number);
                });
    }

    /// In its two largest units, such as `3 h 5 min`.
    static String words(Duration time) {
        if (time.toDays() > 0) {
            return time.toDays() + " d " + time.toHoursPart() + " h";
        }
        if (time.toHours() > 0) {
            return time.toHours() + " h " + time.toMinutesPart() + " min";
        }
        return time.toMinutes() > 0 ? time.toMinutes() + " min" : Math.max(0, time.toSeconds()) + " s";
    }
}

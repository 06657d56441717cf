package dev.agentctl.tools;

import java.time.Duration;
import java.util.regex.Pattern;

/// The ids of one stream's events. They begin with the key of the call that they belong to, so that a client that has
/// lost the stream can ask for the rest of it, of another process if need be.
final class EventIds {
    /// How long clients wait before they ask for the rest. Claude Code asks only twice, so that a restart has to take
    /// less than double of this; with 1500 ms an outage of 6 s lost the call.
    private static final Duration RETRY = Duration.ofSeconds(20);

    private static final Pattern ID_LINE = Pattern.compile("\\Aid: [^\\n]*\\n");

    private final String begin;
    private int last;

    /// @param stream differs for each stream of a call
    EventIds(String key, long stream) {
        this.begin = key + "." + Long.toString(stream, Character.MAX_RADIX) + "-";
    }

    /// The key in an id of an event; empty text where there is none.
    static String keyOf(String eventId) {
        int end = eventId.indexOf('.');
        return end < 0 ? "" : eventId.substring(0, end);
    }

    /// An event that only tells its id.
    String prime() {
        return "id: " + next() + "\nretry: " + RETRY.toMillis() + "\ndata: \n\n";
    }

    /// The event with an id of ours.
    String stamp(String event) {
        return ID_LINE.matcher(event).replaceFirst("id: " + next() + "\n");
    }

    private String next() {
        return begin + last++;
    }
}

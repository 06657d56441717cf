package dev.agentctl.daemon;

import dev.agentctl.chat.ChatAddress;
import dev.agentctl.chat.Outgoing;
import dev.agentctl.chat.Outgoing.Kind;
import dev.agentctl.chat.Post;
import dev.agentctl.project.QuietHours;
import dev.agentctl.store.Outbox;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// The quiet hours of a chat: final words come without a sound then, questions and accidents ring as ever, and when
/// the hours are over one message tells how much came.
record Quiet(ChatAddress chat, QuietHours hours, InstantSource clock, ZoneId zone) {
    /// A supervisor that was down at the end of the hours still tells.
    private static final Duration LATEST = Duration.ofHours(3);

    /// Whether a message is to make no sound.
    boolean silences(ChatAddress address) {
        return address.chat().equals(chat.chat()) && hours.hold(clock.instant(), zone);
    }

    /// Tells what came, once, when the hours are over. Call now and then.
    void tellWhatCame(Outbox outbox, Post post) {
        Instant now = clock.instant();
        Instant end = hours.lastEnd(now, zone);
        if (hours.hold(now, zone) || now.isAfter(end.plus(LATEST))) {
            return;
        }
        Map<String, Integer> words = outbox.silentWords(chat.chat(), hours.beginOf(end, zone), end);
        if (!words.isEmpty()) {
            String list = words.entrySet().stream()
                    .map(entry -> "- `" + entry.getKey() + "`: " + entry.getValue()
                            + (entry.getValue() == 1 ? " message" : " messages"))
                    .collect(Collectors.joining("\n"));
            post.sendOnce(
                    "digest:" + chat.chat() + ":" + end,
                    new Outgoing.Text(
                            Kind.FINAL,
                            Optional.of(chat),
                            Optional.empty(),
                            "🌅 While it was quiet:\n\n" + list,
                            Optional.empty()));
        }
    }
}

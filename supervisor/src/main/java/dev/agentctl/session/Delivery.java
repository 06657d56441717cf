package dev.agentctl.session;

import dev.agentctl.session.Message.Stage;
import java.time.Instant;
import java.util.Optional;

/// How far a message has come, each step with the time at which it was seen.
///
/// @param typedAt when its Enter was in the terminal; empty where that was not seen
/// @param since when it came to its stage
/// @param evidence of `accepted`: what proved it; of `uncertain`: what was seen instead; else empty
public record Delivery(
        Message message, Instant storedAt, Optional<Instant> typedAt, Instant since, Optional<String> evidence) {

    /// Its way for a person: `stored 14:02:11, typed 14:02:12, accepted 14:02:13 (hook UserPromptSubmit)`.
    public String words(Instant now) {
        Stage stage = message.stage();
        StringBuilder words = new StringBuilder("stored ").append(Clock.moment(storedAt, now));
        typedAt.ifPresent(at -> words.append(", typed ").append(Clock.moment(at, now)));
        if (stage != Stage.STORED && stage != Stage.TYPED) {
            words.append(", ").append(word(stage)).append(' ').append(Clock.moment(since, now));
        }
        evidence.ifPresent(seen -> words.append(" (").append(seen).append(')'));
        return words.toString();
    }

    private static String word(Stage stage) {
        return stage == Stage.ANSWERED ? "given to a waiting call" : stage.word();
    }
}

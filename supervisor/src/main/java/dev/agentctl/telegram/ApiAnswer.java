package dev.agentctl.telegram;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Optional;

/// What became of a call of the Bot API.
sealed interface ApiAnswer {
    /// The server did it.
    record Done(JsonNode result) implements ApiAnswer {}

    /// The server says that it did not do it.
    ///
    /// @param retryAfter how long it wants to be left alone
    /// @param migratedTo the chat's new id, where it has become a supergroup
    record Refused(int code, String description, Optional<Duration> retryAfter, Optional<Long> migratedTo)
            implements ApiAnswer {}

    /// An answer came, but not in the server's language: a proxy's error page. Most likely nothing was done.
    record Garbled(String what) implements ApiAnswer {}

    /// The request did not leave this machine whole, so it was certainly not done.
    record NotSent(String why) implements ApiAnswer {}

    /// The request left and no answer came: it may have been done.
    record NoAnswer(String why) implements ApiAnswer {}
}

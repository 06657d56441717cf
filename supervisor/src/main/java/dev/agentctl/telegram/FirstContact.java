package dev.agentctl.telegram;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// The first words with a bot that nothing serves yet: whose token it is, and who writes to it. One thread.
///
/// What is said here is not for agents: it is confirmed to the server, so that nobody hears of it again.
public final class FirstContact implements AutoCloseable {
    private static final Duration POLL = Duration.ofSeconds(20);
    /// Settings need an operator; who that is we are about to learn.
    private static final long NOBODY = 1;

    private final BotApi api;
    private OptionalLong next = OptionalLong.empty();

    /// Somebody who wrote to the bot in a chat of their own.
    public record Person(long id, String name, String words) {}

    /// @throws IllegalArgumentException with one line for the operator, without the token
    public FirstContact(String token, URI apiUrl) {
        api = new BotApi(new TelegramSettings(token, List.of(NOBODY), NOBODY, apiUrl));
    }

    /// The bot's name, as people write it.
    ///
    /// @throws TelegramStartException in one line, where the token is refused or nobody answers
    public String botName() throws TelegramStartException, InterruptedException {
        return call("getMe", Map.of()).path("username").asText("");
    }

    /// Waits for the first message of a person to the bot, and takes it; empty when none has come in time.
    ///
    /// @throws TelegramStartException in one line, where the bot cannot be asked
    public Optional<Person> awaitPerson(Duration patience) throws TelegramStartException, InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (System.nanoTime() - deadline < 0) {
            long left =
                    Math.max(1, Duration.ofNanos(deadline - System.nanoTime()).toSeconds());
            Optional<Person> first = take(call("getUpdates", poll(Math.min(left, POLL.toSeconds()))));
            if (first.isPresent()) {
                // the server forgets what comes before the offset that is asked for
                JsonNode _ = call("getUpdates", poll(0));
                return first;
            }
        }
        return Optional.empty();
    }

    private Map<String, Object> poll(long seconds) {
        Map<String, Object> common = Map.of("timeout", seconds, "allowed_updates", List.of("message"));
        if (next.isEmpty()) {
            return common;
        }
        return Map.of("timeout", seconds, "allowed_updates", List.of("message"), "offset", next.getAsLong());
    }

    private Optional<Person> take(JsonNode updates) {
        for (JsonNode update : updates) {
            next = OptionalLong.of(update.path("update_id").asLong() + 1);
            JsonNode message = update.path("message");
            JsonNode from = message.path("from");
            boolean own = message.path("chat").path("type").asText("").equals("private");
            if (own && !from.path("is_bot").asBoolean(false) && from.path("id").asLong(0) > 0) {
                String name = from.path("first_name").asText("") + " "
                        + from.path("last_name").asText("");
                return Optional.of(new Person(
                        from.path("id").asLong(),
                        name.strip(),
                        message.path("text").asText("")));
            }
        }
        return Optional.empty();
    }

    private JsonNode call(String method, Map<String, Object> parameters)
            throws TelegramStartException, InterruptedException {
        return switch (api.call(method, parameters)) {
            case ApiAnswer.Done(JsonNode result) -> result;
            case ApiAnswer.Refused refused -> throw new TelegramStartException(refusal(refused));
            case ApiAnswer.Garbled(String what) ->
                throw new TelegramStartException("the Bot API server gives " + what + "; is the address right?");
            case ApiAnswer.NotSent(String why) -> throw unreachable(why);
            case ApiAnswer.NoAnswer(String why) -> throw unreachable(why);
        };
    }

    private static String refusal(ApiAnswer.Refused refused) {
        return switch (refused.code()) {
            case 401, 404 -> "Telegram does not know this token; copy it again from @BotFather";
            case 409 -> "another program polls this bot; stop it, or make a bot of its own with @BotFather";
            default -> "Telegram refuses: " + refused.description();
        };
    }

    private static TelegramStartException unreachable(String why) {
        return new TelegramStartException("Telegram cannot be reached (" + why + "); check the network, then again");
    }

    @Override
    public void close() {
        api.close();
    }
}

package dev.agentctl.telegram;

import dev.agentctl.chat.CommandWord;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Learns the bot's user name and tells the server which commands to offer; both until they succeed. One thread
/// introduces, any may ask for the name.
final class Introduction {
    private static final Duration RETRY = Duration.ofMinutes(1);
    private static final List<Map<String, String>> COMMANDS = Arrays.stream(CommandWord.values())
            .map(command -> Map.of("command", command.word(), "description", command.does()))
            .toList();

    private final BotApi api;
    private volatile Optional<String> name = Optional.empty();
    private volatile Instant next = Instant.MIN;

    Introduction(BotApi api) {
        this.api = api;
    }

    /// The bot's user name, where it is known already.
    Optional<String> name() {
        return name;
    }

    /// Tries, if it is still to be done and not tried just now.
    void attempt(Instant now) throws InterruptedException {
        if (now.isBefore(next)) {
            return;
        }
        boolean done = false;
        if (api.call("getMe", Map.of()) instanceof ApiAnswer.Done(var bot)) {
            name = Optional.of(bot.path("username").asText());
            done = api.call("setMyCommands", Map.of("commands", COMMANDS)) instanceof ApiAnswer.Done;
        }
        next = done ? Instant.MAX : now.plus(RETRY);
    }
}

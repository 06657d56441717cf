package dev.agentctl.telegram;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Learns the bot's user name and tells the server which commands to offer; both until they succeed. One thread
/// introduces, any may ask for the name.
final class Introduction {
    private static final Duration RETRY = Duration.ofMinutes(1);
    private static final List<Map<String, String>> COMMANDS = List.of(
            command("sessions", "list the sessions"),
            command("status", "show a session and its evidence"),
            command("to", "write to a session: /to ID MESSAGE"),
            command("screen", "show a session's screen"),
            command("file", "send a file of a project: /file ID PATH"),
            command("run", "start a session: /run ID"),
            command("delete", "delete a session"),
            command("help", "explain the commands"));

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

    private static Map<String, String> command(String name, String description) {
        return Map.of("command", name, "description", description);
    }
}

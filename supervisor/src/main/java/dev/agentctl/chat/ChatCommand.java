package dev.agentctl.chat;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What an operator asked for in a chat.
public sealed interface ChatCommand {
    /// As questions are named when they are asked.
    Pattern ANSWER = Pattern.compile("#([a-z2-9]{6})\\s+(.+)", Pattern.DOTALL);

    record ListSessions() implements ChatCommand {}

    record Status(Optional<String> session) implements ChatCommand {}

    record To(String session, String message) implements ChatCommand {}

    /// An answer to the question of that id: `#ID ANSWER`.
    record Answer(String question, String answer) implements ChatCommand {}

    record SendFile(String session, String path) implements ChatCommand {}

    /// Stop a session and forget its conversation.
    ///
    /// @param code what confirms it; empty at first
    record Delete(String session, Optional<String> code) implements ChatCommand {}

    record Start(String session) implements ChatCommand {}

    record ShowScreen(String session) implements ChatCommand {}

    record Help() implements ChatCommand {}

    /// A command that is known but lacks something.
    record Incomplete(String usage) implements ChatCommand {}

    record Unknown(String word) implements ChatCommand {}

    /// Text that begins with no `/`.
    record Words(String text) implements ChatCommand {}

    /// Reads what was written. A bot's name after the command, as groups add it, is dropped.
    static ChatCommand parse(String text) {
        String trimmed = text.strip();
        if (!trimmed.startsWith("/")) {
            Matcher answer = ANSWER.matcher(trimmed);
            return answer.matches()
                    ? new Answer(trimmed.substring(1, answer.end(1)), trimmed.substring(answer.start(2)))
                    : new Words(trimmed);
        }
        String[] parts = trimmed.split("\\s+", 2);
        String word = parts[0].substring(1).toLowerCase(Locale.ROOT);
        int at = word.indexOf('@');
        return of(at < 0 ? word : word.substring(0, at), parts.length < 2 ? "" : parts[1]);
    }

    private static ChatCommand of(String word, String rest) {
        String[] parts = rest.split("\\s+", 2);
        String first = parts[0];
        String second = parts.length < 2 ? "" : parts[1].strip();
        return switch (word) {
            case "sessions" -> new ListSessions();
            case "status" -> new Status(Optional.of(first).filter(id -> !id.isEmpty()));
            case "to" -> both(first, second, "/to ID MESSAGE", new To(first, second));
            case "file" -> both(first, second, "/file ID PATH", new SendFile(first, second));
            case "delete" ->
                one(first, "/delete ID", new Delete(first, Optional.of(second).filter(code -> !code.isEmpty())));
            case "start", "run" ->
                first.isEmpty() && word.equals("start") ? new Help() : one(first, "/run ID", new Start(first));
            case "screen" -> one(first, "/screen ID", new ShowScreen(first));
            case "help" -> new Help();
            default -> new Unknown(word);
        };
    }

    private static ChatCommand one(String first, String usage, ChatCommand command) {
        return first.isEmpty() ? new Incomplete(usage) : command;
    }

    private static ChatCommand both(String first, String second, String usage, ChatCommand command) {
        return first.isEmpty() || second.isEmpty() ? new Incomplete(usage) : command;
    }
}

package dev.agentctl.chat;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads what an operator wrote. A bot's name after the command, as groups add it, is dropped.
final class CommandReader {
    /// As questions are named when they are asked.
    private static final Pattern ANSWER = Pattern.compile("#([a-z2-9]{6})\\s+(.+)", Pattern.DOTALL);

    private static final int LOG_LINES = 40;
    private static final int MOST_LOG_LINES = 2_000;

    private final SessionNames names;

    CommandReader(SessionNames names) {
        this.names = names;
    }

    ChatCommand read(String text) {
        String trimmed = text.strip();
        if (!trimmed.startsWith("/")) {
            Matcher answer = ANSWER.matcher(trimmed);
            return answer.matches()
                    ? new ChatCommand.Answer(trimmed.substring(1, answer.end(1)), trimmed.substring(answer.start(2)))
                    : new ChatCommand.Words(trimmed);
        }
        String[] parts = trimmed.split("\\s+", 2);
        String word = parts[0].substring(1).toLowerCase(Locale.ROOT);
        int at = word.indexOf('@');
        return of(at < 0 ? word : word.substring(0, at), parts.length < 2 ? "" : parts[1]);
    }

    private ChatCommand of(String word, String rest) {
        return switch (word) {
            case "sessions" -> new ChatCommand.ListSessions();
            case "status" -> new ChatCommand.Status(Optional.of(first(rest)).filter(id -> !id.isEmpty()));
            case "to" -> withText(CommandWord.TO, rest, ChatCommand.To::new);
            case "file" -> withText(CommandWord.FILE, rest, ChatCommand.SendFile::new);
            case "keys" ->
                withText(
                        CommandWord.KEYS,
                        rest,
                        (id, keys) -> new ChatCommand.Keys(id, List.of(keys.split("\\s+", -1))));
            case "log" -> log(rest);
            case "start" -> rest.isBlank() ? new ChatCommand.Help() : alone("start", rest, ChatCommand.Start::new);
            case "run" -> alone(word, rest, ChatCommand.Start::new);
            case "screen" -> alone(word, rest, ChatCommand.ShowScreen::new);
            case "interrupt" -> alone(word, rest, ChatCommand.Interrupt::new);
            case "usage" -> alone(word, rest, ChatCommand.Usage::new);
            case "stop" -> withCode(word, rest, ChatCommand.Stop::new);
            case "restart" -> withCode(word, rest, ChatCommand.Restart::new);
            case "delete" -> withCode(word, rest, ChatCommand.Delete::new);
            case "prompts" -> new ChatCommand.ListPrompts();
            case "allow", "approve" -> decide(CommandWord.ALLOW, rest, _ -> Optional.of(new Choice.Allow()));
            case "always" -> decide(CommandWord.ALWAYS, rest, CommandReader::always);
            case "deny" -> decide(CommandWord.DENY, rest, reason -> Optional.of(new Choice.Deny(reason)));
            case "answer" ->
                decide(
                        CommandWord.ANSWER,
                        rest,
                        text -> text.isEmpty() ? Optional.empty() : Optional.of(new Choice.Answer(text)));
            case "reason" ->
                first(rest).isEmpty()
                        ? new ChatCommand.Incomplete(CommandWord.DENY.usage())
                        : new ChatCommand.AskReason(first(rest));
            case "pick" -> pick(rest);
            case "picked" ->
                first(rest).isEmpty()
                        ? new ChatCommand.Incomplete(CommandWord.ANSWER.usage())
                        : new ChatCommand.SendPicks(first(rest));
            case "secret" -> secret(rest);
            case "mute" -> mute(rest);
            case "queue" -> queue(rest);
            case "help" -> new ChatCommand.Help();
            case "dismiss" -> new ChatCommand.Dismiss();
            default -> new ChatCommand.Unknown(word);
        };
    }

    /// A command with nothing but its session.
    private ChatCommand alone(String word, String rest, Function<String, ChatCommand> command) {
        Optional<String> session = named(first(rest)).or(names::implied);
        return session.isPresent() ? command.apply(session.get()) : new ChatCommand.OfWhich(word, "");
    }

    private ChatCommand withCode(String word, String rest, BiFunction<String, Optional<String>, ChatCommand> command) {
        return alone(word, rest, session -> command.apply(session, named(second(rest))));
    }

    /// A command whose text may hold anything, so that its first word counts as a name only if it is one.
    private ChatCommand withText(CommandWord word, String rest, BiFunction<String, String, ChatCommand> command) {
        String first = first(rest);
        if (first.isEmpty()) {
            return new ChatCommand.Incomplete(word.usage());
        }
        if (names.isMeant(first)) {
            String text = second(rest);
            return text.isEmpty() ? new ChatCommand.Incomplete(word.usage()) : command.apply(first, text);
        }
        Optional<String> session = names.implied();
        return session.isPresent()
                ? command.apply(session.get(), rest.strip())
                : new ChatCommand.OfWhich(word.word(), rest.strip());
    }

    private static ChatCommand pick(String rest) {
        String[] words = rest.strip().split("\\s+", -1);
        return words.length == 3 && words[1].matches("\\d{1,2}") && words[2].matches("\\d{1,2}")
                ? new ChatCommand.Pick(words[0], Integer.parseInt(words[1]), Integer.parseInt(words[2]))
                : new ChatCommand.Incomplete(CommandWord.ANSWER.usage());
    }

    private static ChatCommand secret(String rest) {
        String code = first(second(rest));
        String path = second(second(rest));
        return path.isEmpty()
                ? new ChatCommand.Incomplete(CommandWord.FILE.usage())
                : new ChatCommand.SendSecret(first(rest), code, path);
    }

    private static ChatCommand decide(CommandWord word, String rest, Function<String, Optional<Choice>> choice) {
        return choice.apply(second(rest))
                .filter(_ -> !first(rest).isEmpty())
                .<ChatCommand>map(chosen -> new ChatCommand.Decide(first(rest), chosen))
                .orElse(new ChatCommand.Incomplete(word.usage()));
    }

    /// The agent's first offer, where none is named.
    private static Optional<Choice> always(String number) {
        return number.isEmpty()
                ? Optional.of(new Choice.Always(1))
                : Optional.of(number)
                        .filter(text -> text.matches("[1-9]\\d?"))
                        .map(text -> new Choice.Always(Integer.parseInt(text)));
    }

    private ChatCommand log(String rest) {
        boolean onlyLines = first(rest).matches("\\d{1,9}") && !names.isMeant(first(rest));
        String lines = onlyLines ? first(rest) : second(rest);
        if (!lines.isEmpty() && !lines.matches("\\d{1,9}")) {
            return new ChatCommand.Incomplete(CommandWord.LOG.usage());
        }
        int count = lines.isEmpty() ? LOG_LINES : Math.clamp(Integer.parseInt(lines), 1, MOST_LOG_LINES);
        return alone("log", onlyLines ? "" : rest, session -> new ChatCommand.ShowLog(session, count));
    }

    private ChatCommand mute(String rest) {
        boolean onlyTime = Times.isTime(first(rest)) && !names.isMeant(first(rest));
        Optional<String> time = named(onlyTime ? first(rest) : second(rest));
        if (time.isPresent() && !Times.isTime(time.get())) {
            return new ChatCommand.Incomplete(CommandWord.MUTE.usage());
        }
        return alone("mute", onlyTime ? "" : rest, session -> new ChatCommand.Mute(session, time));
    }

    private ChatCommand queue(String rest) {
        boolean onlyClear = first(rest).equals("clear") && !names.isMeant("clear");
        String what = onlyClear ? "clear" : second(rest);
        if (!what.isEmpty() && !what.equals("clear")) {
            return new ChatCommand.Incomplete(CommandWord.QUEUE.usage());
        }
        return alone("queue", onlyClear ? "" : rest, session -> new ChatCommand.Queue(session, !what.isEmpty()));
    }

    private static String first(String rest) {
        return rest.strip().split("\\s+", 2)[0];
    }

    private static String second(String rest) {
        String[] parts = rest.strip().split("\\s+", 2);
        return parts.length < 2 ? "" : parts[1].strip();
    }

    private static Optional<String> named(String word) {
        return Optional.of(word).filter(name -> !name.isEmpty());
    }
}

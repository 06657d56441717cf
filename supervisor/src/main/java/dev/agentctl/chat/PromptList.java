package dev.agentctl.chat;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What waits for a person, in words for a chat: agents' dialogs, and what they asked.
final class PromptList {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm").withZone(ZoneId.systemDefault());

    private PromptList() {}

    static String of(List<PromptDesk.Pending> pending, List<AskedQuestion> questions) {
        return pending.isEmpty() && questions.isEmpty()
                ? "Nothing waits for a decision."
                : Stream.concat(
                                pending.stream().map(PromptList::line),
                                questions.stream().map(PromptList::line))
                        .collect(Collectors.joining("\n"));
    }

    private static String line(AskedQuestion question) {
        return "- `" + question.id() + "` of `" + question.session() + "` since " + time(question.asked()) + ": "
                + QuestionCard.quoted(question.text()) + " – `#" + question.id() + " …`";
    }

    private static String line(PromptDesk.Pending prompt) {
        return "- `" + prompt.id() + "` of `" + prompt.session() + "` since " + time(prompt.asked()) + ": "
                + Visible.line(prompt.title()).replace('`', '\'') + " – "
                + prompt.commands().stream().map(command -> "`" + command + "`").collect(Collectors.joining(", "));
    }

    private static String time(Instant at) {
        return TIME.format(at);
    }
}

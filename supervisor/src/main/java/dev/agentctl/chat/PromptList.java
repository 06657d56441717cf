package dev.agentctl.chat;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.Collectors;

/// The dialogs that wait for a decision, in words for a chat.
final class PromptList {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm").withZone(ZoneId.systemDefault());

    private PromptList() {}

    static String of(List<PromptDesk.Pending> pending) {
        return pending.isEmpty()
                ? "Nothing waits for a decision."
                : pending.stream().map(PromptList::line).collect(Collectors.joining("\n"));
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

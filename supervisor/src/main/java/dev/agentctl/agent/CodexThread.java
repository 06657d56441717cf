package dev.agentctl.agent;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Which conversation Codex shows: its window's title names it by the first 29 characters of its id, at once when a
/// person changes to another. Of each that was shown since its start it keeps a lock open, and from the first prompt on
/// also the file, whichever it shows (0.169.0, 0.171.0).
final class CodexThread {
    /// Codex's own title, and the id after it.
    static final String TITLE = "tui.terminal_title=[\"activity\",\"project-name\",\"thread-id\"]";

    private static final Pattern NAMED = Pattern.compile("\\| ([0-9a-f]{8}-[0-9a-f-]{15,27})(?:\\.\\.\\.|…)?$");
    private static final Pattern FILE =
            Pattern.compile("(?:rollout-.*-)?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\\.(?:jsonl|lock)");

    private CodexThread() {}

    /// The beginning of the id that a title names.
    static Optional<String> named(String title) {
        Matcher named = NAMED.matcher(title);
        return named.find() ? Optional.ofNullable(named.group(1)) : Optional.empty();
    }

    /// The conversation of this beginning, where one of these files is of it. Without a file of its own nothing has
    /// been said in it yet.
    static Optional<AgentEvent.ConversationBegan> among(List<Path> open, String beginning) {
        List<Path> its = open.stream()
                .filter(file -> id(file).filter(id -> id.startsWith(beginning)).isPresent())
                .toList();
        Optional<Path> transcript =
                its.stream().filter(file -> file.toString().endsWith(".jsonl")).findFirst();
        return its.stream()
                .findFirst()
                .flatMap(CodexThread::id)
                .map(id -> new AgentEvent.ConversationBegan(id, transcript));
    }

    private static Optional<String> id(Path file) {
        Matcher name = FILE.matcher(file.toFile().getName());
        return name.matches() ? Optional.ofNullable(name.group(1)) : Optional.empty();
    }
}

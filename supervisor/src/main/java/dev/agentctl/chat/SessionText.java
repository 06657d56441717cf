package dev.agentctl.chat;

import dev.agentctl.session.Session;
import dev.agentctl.session.SessionView;
import dev.agentctl.session.Sessions;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;

/// Sessions in words, for a chat.
final class SessionText {
    /// Of those that wait, and of those that wait no longer.
    private static final int MOST_MESSAGES = 3;

    private static final int LONGEST_QUOTE = 60;

    /// How long a chat waits for a transcript to be read.
    private static final Duration TOKENS = Duration.ofMillis(500);

    private SessionText() {}

    static String list(Sessions sessions) {
        if (sessions.all().isEmpty()) {
            return "There are no projects. Add one to the configuration and run `agentctl reload`.";
        }
        StringBuilder text = new StringBuilder();
        for (Session session : sessions.all()) {
            SessionView view = session.view();
            text.append("- `")
                    .append(view.name())
                    .append("` ")
                    .append(view.state().word())
                    .append(" for ")
                    .append(since(view))
                    .append(queued(sessions, view))
                    .append('\n');
        }
        return text.toString();
    }

    static String one(Session session, Sessions sessions) {
        SessionView view = session.view();
        StringBuilder text = new StringBuilder()
                .append("**")
                .append(view.name())
                .append("** (")
                .append(view.project().agent().word())
                .append(") ")
                .append(view.state().word())
                .append(" for ")
                .append(since(view))
                .append(queued(sessions, view));
        if (!session.evidence().isEmpty()) {
            text.append("\n\nSeen: ").append(SafeText.of(session.evidence()));
        }
        text.append("\n\nFolder: `").append(view.project().directory()).append('`');
        view.memory()
                .conversation()
                .ifPresent(id -> text.append("\nConversation: `").append(id).append('`'));
        if (view.state().childPid() != 0) {
            text.append("\nProcess: ").append(view.state().childPid());
        }
        if (view.model().restarts() > 0) {
            text.append("\nRestarts: ").append(view.model().restarts());
        }
        Long lost = sessions.lostBytes().orElse(Map.of()).get(view.name());
        if (lost != null) {
            text.append("\nLost of its log: ").append(lost).append(" bytes (a full or failing disk, or removed files)");
        }
        session.countTokens()
                .within(TOKENS)
                .ifPresent(tokens -> text.append("\nTokens: ").append(tokens.words()));
        return text.append(messages(sessions, view.name())).toString();
    }

    private static String messages(Sessions sessions, String name) {
        Instant now = Instant.now();
        String lines = sessions.deliveries(name, MOST_MESSAGES).stream()
                .map(delivery -> "\n- " + code(delivery.message().beginning(LONGEST_QUOTE)) + " "
                        + SafeText.of(delivery.words(now)))
                .collect(Collectors.joining());
        return lines.isEmpty() ? "" : "\n\nMessages:" + lines;
    }

    /// A line of backticks on the screen would end the block and let what follows pose as ours.
    static String fenceless(String text) {
        return SafeText.of(text).replace("```", "'''");
    }

    /// Someone else's words as code on one line.
    static String code(String words) {
        String line = SafeText.of(words).replace('\n', ' ').replace('`', '\'');
        return line.isBlank() ? "(empty)" : "`" + line + "`";
    }

    private static String queued(Sessions sessions, SessionView view) {
        int queued = sessions.queued(view.name());
        return queued == 0 ? "" : ", " + queued + " queued";
    }

    private static String since(SessionView view) {
        return Times.words(Duration.between(view.model().since(), Instant.now()));
    }
}

package dev.agentctl.chat;

import dev.agentctl.agent.Agent;
import dev.agentctl.chat.Outgoing.Kind;
import dev.agentctl.control.KeyNames;
import dev.agentctl.host.HostReply;
import dev.agentctl.session.Activity;
import dev.agentctl.session.Message;
import dev.agentctl.session.Session;
import dev.agentctl.session.SessionState;
import dev.agentctl.session.Sessions;
import dev.agentctl.terminal.KeyboardModes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/// What operators may do with a session from a chat, and what they are told about it.
final class SessionActions {
    private static final int LONGEST_QUOTE = 200;
    private static final int MOST_QUOTED = 20;

    private final Sessions sessions;
    private final Post post;
    private final Confirmations confirmations;
    private final ChoiceCards cards;
    private final Mutes mutes;
    private final InstantSource clock;

    SessionActions(
            Sessions sessions,
            Post post,
            Confirmations confirmations,
            ChoiceCards cards,
            Mutes mutes,
            InstantSource clock) {
        this.sessions = sessions;
        this.post = post;
        this.confirmations = confirmations;
        this.cards = cards;
        this.mutes = mutes;
        this.clock = clock;
    }

    /// The second step of an action, once its code is right; before that, the question.
    ///
    /// @param word of the command, which is the button's label too
    /// @return what came of it, in one line
    String inTwoSteps(
            Incoming message, Session session, String word, Optional<String> code, String warning, Runnable act) {
        String action = word + " " + session.name();
        if (code.isEmpty()) {
            String command = "/" + action + " " + confirmations.ask(action, message.user());
            String label = Character.toUpperCase(word.charAt(0)) + word.substring(1) + " " + session.name();
            cards.really(
                    message, warning + "\n\nTo confirm, press within 60 s, or write `" + command + "`", label, command);
            return "asked to confirm";
        }
        if (!confirmations.confirm(action, message.user(), code.get())) {
            return answer(message, "That code does not hold (any more). Begin again with `/" + action + "`");
        }
        act.run();
        return "confirmed";
    }

    String start(Incoming message, Session session) {
        if (session.view().state() instanceof SessionState.Running running
                && running.activity() instanceof Activity.Limited) {
            sessions.retry(session);
            return answer(message, "🔁 `" + session.name() + "` tries again");
        }
        if (session.view().state().childPid() != 0) {
            return answer(message, "`" + session.name() + "` is already " + word(session));
        }
        sessions.start(session, false);
        return answer(message, "Starting `" + session.name() + "`");
    }

    String stop(Incoming message, Session session, Optional<String> code) {
        if (session.view().state() instanceof SessionState.Stopped) {
            return answer(message, "`" + session.name() + "` is already stopped");
        }
        return inTwoSteps(
                message,
                session,
                "stop",
                code,
                "`" + session.name() + "` is " + word(session) + ". Stop it? Its conversation is kept.",
                () -> {
                    sessions.stop(session);
                    answer(message, "Stopping `" + session.name() + "`");
                    report(message, session, view -> view instanceof SessionState.Stopped, "⏹ stopped");
                });
    }

    String restart(Incoming message, Session session, Optional<String> code) {
        if (session.view().state().childPid() == 0) {
            return start(message, session);
        }
        long before = session.view().model().generation();
        return inTwoSteps(
                message,
                session,
                "restart",
                code,
                "`" + session.name() + "` is " + word(session)
                        + ". Restart it? What it does now ends; its conversation goes on.",
                () -> {
                    sessions.restart(session);
                    answer(message, "Restarting `" + session.name() + "`");
                    var _ = session.when(view ->
                                    view.model().generation() > before && view.state() instanceof SessionState.Running)
                            .thenAccept(_ -> tell(message, session, "▶ restarted"));
                });
    }

    private void report(Incoming message, Session session, Predicate<SessionState> wanted, String words) {
        var _ = session.when(view -> wanted.test(view.state())).thenAccept(_ -> tell(message, session, words));
    }

    private void tell(Incoming message, Session session, String words) {
        post.send(new Outgoing.Text(
                Kind.REPLY, Optional.of(message.from()), Optional.of(session.name()), words, Optional.empty()));
    }

    /// Presses keys one after another, and tells what the host said of the last.
    String keys(Incoming message, Session session, List<String> keys) {
        if (session.view().state().childPid() == 0) {
            return notRunning(message, session);
        }
        Optional<String> unknown = keys.stream()
                .filter(key -> KeyNames.bytes(key, KeyboardModes.PLAIN).isEmpty())
                .findFirst();
        if (unknown.isPresent()) {
            return answer(
                    message,
                    "No key is called `" + SafeText.of(unknown.get())
                            + "`; nothing was pressed. Text goes with `/to`.");
        }
        CompletableFuture<HostReply> pressed = CompletableFuture.completedFuture(new HostReply.Done());
        for (String key : keys) {
            // a key may change how the program wants the next one, and each is one write
            pressed = pressed.thenCompose(reply -> reply instanceof HostReply.Refused
                    ? CompletableFuture.completedFuture(reply)
                    : session.press(KeyNames.bytes(key, session.keyboard()).orElseThrow()));
        }
        var _ = pressed.handle((reply, failure) -> answer(message, outcome(session, reply, failure)));
        return keys.size() + " keys";
    }

    private static String outcome(
            Session session,
            @org.jspecify.annotations.Nullable HostReply reply,
            @org.jspecify.annotations.Nullable Throwable failure) {
        if (reply instanceof HostReply.Refused refused) {
            return "⚠ `" + session.name() + "` did not get the keys: " + SafeText.of(refused.reason());
        }
        return failure == null
                ? "⌨ typed into `" + session.name() + "`; look with `/screen " + session.name() + "`"
                : "⚠ the host did not take the keys";
    }

    String interrupt(Incoming message, Session session) {
        SessionState state = session.view().state();
        if (state.childPid() == 0) {
            return notRunning(message, session);
        }
        if (state instanceof SessionState.Running running && running.activity() instanceof Activity.Idle) {
            return answer(message, "`" + session.name() + "` is idle: there is nothing to interrupt.");
        }
        byte[] key = Agent.of(session.view().project().agent()).interrupt();
        String word = word(session);
        var _ = session.press(key)
                .handle((reply, failure) -> answer(
                        message,
                        failure == null && !(reply instanceof HostReply.Refused)
                                ? "⏸ asked `" + session.name() + "` to end its turn; it was " + word
                                : "⚠ `" + session.name() + "` did not get the key"));
        return "interrupted while " + word;
    }

    String log(Incoming message, Session session, int lines) {
        String text = String.join("\n", session.lastLines(lines)).stripTrailing();
        return answer(
                message,
                text.isBlank()
                        ? "`" + session.name() + "` has printed nothing."
                        : "```\n" + SessionText.fenceless(text) + "\n```");
    }

    String queue(Incoming message, Session session, boolean clear) {
        List<Message> waiting = sessions.waiting(session.name());
        if (clear) {
            int withdrawn = sessions.withdraw(session.name());
            String what = withdrawn == 1 ? "1 message" : withdrawn + " messages";
            return answer(message, what + " to `" + session.name() + "` withdrawn.");
        }
        if (waiting.isEmpty()) {
            return answer(message, "Nothing waits for `" + session.name() + "`, which is " + word(session) + ".");
        }
        StringBuilder text = new StringBuilder("Waiting while `" + session.name() + "` is " + word(session) + ":\n\n");
        waiting.stream()
                .limit(MOST_QUOTED)
                .forEach(each -> text.append("1. ").append(quote(each.text())).append('\n'));
        if (waiting.size() > MOST_QUOTED) {
            text.append("\nand ").append(waiting.size() - MOST_QUOTED).append(" more\n");
        }
        return answer(message, text + "\n`/queue " + session.name() + " clear` withdraws them.");
    }

    private static String quote(String text) {
        return SessionText.code(text.length() > LONGEST_QUOTE ? text.substring(0, LONGEST_QUOTE) + "…" : text);
    }

    String mute(Incoming message, Session session, Optional<String> time) {
        if (time.isPresent() && time.get().equals("off")) {
            mutes.unmute(session.name());
            return answer(message, "🔔 `" + session.name() + "` may make sounds again.");
        }
        Optional<Duration> length = time.flatMap(Times::read);
        Instant until = length.map(clock.instant()::plus).orElse(Mutes.FOR_EVER);
        mutes.mute(session.name(), until);
        return answer(
                message,
                "🔕 `" + session.name() + "` makes no sound"
                        + length.map(of -> " for " + Times.words(of)).orElse("")
                        + " but for what it waits for; `/mute " + session.name() + " off` ends it.");
    }

    String usage(Incoming message, Session session) {
        return answer(message, ProcessUsage.of(session.view(), clock.instant()));
    }

    private String notRunning(Incoming message, Session session) {
        return answer(
                message,
                "`" + session.name() + "` is " + word(session) + "; start it with `/run " + session.name() + "`");
    }

    private static String word(Session session) {
        return session.view().state().word();
    }

    /// Answers a message; once, however often it is handled.
    ///
    /// @return the answer's first line
    String answer(Incoming message, String markdown) {
        post.sendOnce(
                "answer:" + message.key(),
                new Outgoing.Text(
                        Kind.REPLY,
                        Optional.of(message.from()),
                        Optional.empty(),
                        markdown,
                        Optional.of(message.messageId())));
        return markdown.lines().findFirst().orElse("");
    }
}

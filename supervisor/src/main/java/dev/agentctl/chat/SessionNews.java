package dev.agentctl.chat;

import dev.agentctl.agent.Limit;
import dev.agentctl.chat.Outgoing.Kind;
import dev.agentctl.chat.Outgoing.Progress;
import dev.agentctl.project.Verbosity;
import dev.agentctl.session.Clock;
import dev.agentctl.session.Effect.Notice;
import dev.agentctl.session.Message;
import dev.agentctl.session.Message.Stage;
import dev.agentctl.session.Origin;
import dev.agentctl.session.SessionListener;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;

/// Tells operators what happens in sessions without their having asked.
public final class SessionNews implements SessionListener {
    private static final int LONGEST_QUOTE = 60;
    private static final int MOST_SHOWN = 25;

    private static final Duration BUTTONS_HOLD = Duration.ofDays(7);

    private final Post post;
    private final ButtonBook buttons;
    private final InstantSource clock;
    private final TurnProgress progress;

    /// @param verbosity what is to be told of a session's turns
    public SessionNews(
            Post post,
            ButtonBook buttons,
            Function<String, Verbosity> verbosity,
            ScheduledExecutorService timers,
            InstantSource clock) {
        this.post = post;
        this.buttons = buttons;
        this.clock = clock;
        progress = new TurnProgress(post, verbosity, timers, clock);
    }

    @Override
    public void turnBegan(String session) {
        progress.began(session);
    }

    @Override
    public void toolBegan(String session, String tool) {
        progress.step(session, tool);
    }

    @Override
    public void noticed(String session, Notice notice) {
        switch (notice) {
            case Notice.Crashed(String cause, Duration delay) -> {
                progress.ended(session, "💥");
                accident(session, "💥 crashed (" + cause + "); starting it again " + in(delay), false);
            }
            case Notice.Delayed(String cause) ->
                accident(session, "⏳ cannot be started now (" + cause + "); tried again until it can", false);
            case Notice.Recovered(boolean resumed) ->
                // the other half of the crash that was told: not to be left out for what rings behind it
                say(Kind.REPLY, session, "▶ running again" + (resumed ? ", in the same conversation" : ""));
            case Notice.LeftIdle(Optional<String> tool) ->
                say(
                        Kind.FINAL,
                        session,
                        "⏸ back, but its turn was cut short"
                                + tool.map(name -> " while " + SessionText.code(name)
                                                + " ran, which may or may not have finished")
                                        .orElse("")
                                + ". It is idle and was told nothing (`on_crash: idle`).");
            case Notice.Repeated(String message) ->
                say(
                        Kind.STATUS,
                        session,
                        "↻ its turn was cut short, so the message is typed again (`on_crash: rerun`): "
                                + SessionText.code(Message.beginning(message, LONGEST_QUOTE)));
            case Notice.GaveUp(String reason) -> {
                progress.ended(session, "⛔");
                accident(session, "⛔ failed: " + reason, true);
            }
            case Notice.Exited(int code) ->
                say(Kind.FINAL, session, code == 0 ? "✔ ended by itself" : "✖ ended with exit status " + code);
            case Notice.NotReported(String screen) ->
                askedOnScreen(
                        session,
                        "🚪 has not reported since it was started: a dialog may be open that only its terminal shows,"
                                + " such as a login or the trust in its folder.",
                        screen);
            case Notice.Covered(String screen) ->
                askedOnScreen(
                        session,
                        "✋ shows something in its terminal that it does not tell of, perhaps a dialog; it was working,"
                                + " and prints nothing any more.",
                        screen);
            case Notice.Stuck(Duration silence) ->
                accident(
                        session,
                        "🧊 seems stuck: it was working, and for " + Times.words(silence)
                                + " it has printed nothing and reported nothing. `/interrupt " + session
                                + "` ends its turn, `/restart " + session + "` starts it anew.",
                        false);
            case Notice.Survived(long pid) ->
                say(Kind.FINAL, session, "⚠ process " + pid + " does not end, not even at SIGKILL");
        }
    }

    /// @param what stands before what its screen shows
    private void askedOnScreen(String session, String what, String screen) {
        // a picture or a frame says nothing, and the question stands below what is being asked about
        List<String> lines = screen.lines()
                .filter(line -> line.codePoints().anyMatch(Character::isLetter))
                .toList();
        lines = lines.subList(Math.max(0, lines.size() - MOST_SHOWN), lines.size());
        String shown = lines.isEmpty()
                ? " Its screen is empty."
                : " Its screen shows:\n\n```\n" + SessionText.fenceless(String.join("\n", lines)) + "\n```";
        say(
                Kind.QUESTION,
                session,
                what + shown + "\n\nAnswer with `/keys " + session
                        + " KEY…` (`Down`, `Enter`) and look with `/screen " + session
                        + "`, or on the server with `agentctl attach " + session + "` or `agentctl keys " + session
                        + " KEY…`. Messages are held meanwhile.");
    }

    @Override
    public void waiting(String session, String what) {
        say(
                Kind.QUESTION,
                session,
                "✋ waits at its terminal for " + SafeText.of(what) + "\n\nLook with `/screen " + session
                        + "`; answer on the server with `agentctl attach " + session
                        + "`. Messages are held meanwhile.");
    }

    private static String in(Duration delay) {
        return delay.isZero() ? "now" : "in " + Math.max(1, Math.round(delay.toMillis() / 1000.0)) + " s";
    }

    @Override
    public void turnEnded(String session, String key, String answer) {
        String words = answer.isBlank() ? "_(finished without a word)_" : answer;
        post.sendOnce("turn:" + session + ":" + key, text(Kind.FINAL, session, words));
        progress.ended(session, "✔");
    }

    @Override
    public void turnFailed(String session, String key, String reason) {
        post.sendOnce(
                "turn:" + session + ":" + key,
                withLooks(session, "turn:" + session + ":" + key, "⚠ the turn failed: " + SafeText.of(reason), false));
        progress.ended(session, "⚠");
    }

    @Override
    public void limited(String session, String key, String reason, Limit limit, Optional<Instant> until) {
        String name = "turn:" + session + ":" + key;
        String words = "🪫 the turn failed: " + SafeText.of(reason) + "\n\n" + remedy(session, limit, until);
        post.sendOnce(name, withLooks(session, name, words, true));
        progress.ended(session, "🪫");
    }

    private String remedy(String session, Limit limit, Optional<Instant> until) {
        String retry = "`/run " + session + "`";
        return switch (limit) {
            case USAGE ->
                until.map(at -> "Messages wait until " + Clock.moment(at, clock.instant())
                                + "; then it goes on by itself.")
                        .orElse("Its end was not told: messages wait for 15 minutes, then they are tried.");
            case LOGIN ->
                "Messages wait. Log in on the server (`agentctl attach " + session + "`, then `/login`); then " + retry
                        + " tries again.";
            case ACCOUNT -> "Messages wait. Once that is settled, " + retry + " tries again.";
        };
    }

    @Override
    public void advanced(Message message, Stage stage, Optional<String> evidence) {
        message.origin().ifPresent(origin -> {
            switch (stage) {
                case STORED -> receipt(origin, Progress.STORED);
                case TYPED -> receipt(origin, Progress.TYPED);
                case ACCEPTED, ANSWERED -> receipt(origin, Progress.ACCEPTED);
                case UNCERTAIN -> uncertain(message, origin, evidence.orElse("it was not confirmed"));
                case WITHDRAWN -> receipt(origin, Progress.WITHDRAWN);
                case TYPING, SUBMITTING -> {}
            }
        });
    }

    private void receipt(Origin origin, Progress progress) {
        post.send(Outgoing.Receipt.of(origin, progress));
    }

    private void uncertain(Message message, Origin origin, String why) {
        String quote = message.beginning(LONGEST_QUOTE);
        post.send(new Outgoing.Text(
                Kind.FINAL,
                Optional.of(ChatAddress.of(origin)),
                Optional.of(message.session()),
                "❓ it is uncertain whether the agent took \"" + SafeText.of(quote) + "\": " + why
                        + ". It is not sent again by itself.",
                Optional.of(origin.messageId())));
    }

    /// Something that a person will want to look into.
    private void accident(String session, String markdown, boolean isDown) {
        post.send(withLooks(session, "accident:" + UUID.randomUUID(), markdown, isDown));
    }

    /// @param canRetry whether a person may have it tried again
    private Outgoing withLooks(String session, String name, String markdown, boolean canRetry) {
        List<Button> row = new ArrayList<>();
        if (canRetry) {
            row.add(button("🔁 Retry", "/run " + session));
        }
        row.add(button("📜 Log", "/log " + session));
        row.add(button("🖥 Screen", "/screen " + session));
        return new Outgoing.Card(
                Kind.FINAL, Optional.empty(), Optional.of(session), name, markdown, List.of(row), Optional.empty());
    }

    private Button button(String label, String command) {
        return buttons.button(label, command, "", "", clock.instant().plus(BUTTONS_HOLD));
    }

    private void say(Kind kind, String session, String markdown) {
        post.send(text(kind, session, markdown));
    }

    private static Outgoing text(Kind kind, String session, String markdown) {
        return new Outgoing.Text(kind, Optional.empty(), Optional.of(session), markdown, Optional.empty());
    }
}

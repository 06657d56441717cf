package dev.agentctl.chat;

import dev.agentctl.project.Verbosity;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/// One silent message for each turn that uses tools, changed in place: how long it has gone on, how many steps it took,
/// the latest of them; or as much of that as the project wants. A turn that only answers has none. Any thread may call.
final class TurnProgress {
    /// Between two changes: each is a message to the chat's server.
    private static final Duration PACE = Duration.ofSeconds(3);

    private static final int STEPS_SHOWN = 3;

    private final Post post;
    private final Function<String, Verbosity> verbosity;
    private final ScheduledExecutorService timers;
    private final InstantSource clock;
    private final Map<String, Turn> turns = new HashMap<>(); // guarded by this

    /// A turn that goes on.
    private static final class Turn {
        private final Instant began;
        private final Deque<String> latest = new ArrayDeque<>();
        private Instant shown = Instant.MIN;
        private int steps;
        private boolean waits;

        Turn(Instant began) {
            this.began = began;
        }
    }

    TurnProgress(
            Post post, Function<String, Verbosity> verbosity, ScheduledExecutorService timers, InstantSource clock) {
        this.post = post;
        this.verbosity = verbosity;
        this.timers = timers;
        this.clock = clock;
    }

    synchronized void began(String session) {
        // one that was interrupted ends without a word
        ended(session, "⏸");
        turns.put(session, new Turn(clock.instant()));
    }

    synchronized void step(String session, String tool) {
        Turn turn = turns.computeIfAbsent(session, _ -> new Turn(clock.instant()));
        turn.steps++;
        turn.latest.addLast(tool);
        if (turn.latest.size() > STEPS_SHOWN) {
            turn.latest.removeFirst();
        }
        Instant next = turn.shown.equals(Instant.MIN) ? Instant.MIN : turn.shown.plus(PACE);
        Instant now = clock.instant();
        if (!next.isAfter(now)) {
            show(session, turn);
        } else if (!turn.waits) {
            turn.waits = true;
            var _ = timers.schedule(
                    () -> showLater(session, turn), Duration.between(now, next).toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /// The turn is over; its message says so, if it has one.
    ///
    /// @param mark how it ended
    synchronized void ended(String session, String mark) {
        Turn turn = turns.remove(session);
        if (turn != null && turn.steps > 0) {
            say(session, turn, mark + " " + took(turn));
        }
    }

    private synchronized void showLater(String session, Turn turn) {
        turn.waits = false;
        if (turns.get(session) == turn) {
            show(session, turn);
        }
    }

    private void show(String session, Turn turn) {
        turn.shown = clock.instant();
        StringBuilder text = new StringBuilder("⏳ ").append(took(turn));
        if (verbosity.apply(session) == Verbosity.STEPS) {
            text.append('\n');
            turn.latest.forEach(tool -> text.append("\n- ").append(SessionText.code(tool)));
        }
        say(session, turn, text.toString());
    }

    private String took(Turn turn) {
        Duration time = Duration.between(turn.began, clock.instant());
        return Times.words(time) + ", " + turn.steps + (turn.steps == 1 ? " step" : " steps");
    }

    private void say(String session, Turn turn, String text) {
        if (verbosity.apply(session) == Verbosity.OFF) {
            return;
        }
        post.send(new Outgoing.Live(
                Optional.empty(),
                Optional.of(session),
                "turn:" + session + ":" + turn.began.toEpochMilli(),
                text,
                Optional.empty()));
    }
}

package dev.agentctl.session;

import dev.agentctl.agent.AgentEvent;
import dev.agentctl.project.RestartMode;
import dev.agentctl.session.Effect.Notice;
import dev.agentctl.session.Lifecycle.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A session as its lifecycle decides: one event after the other, and all that was to be done.
final class Story {
    static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
    static final Duration STOP = Duration.ofSeconds(7);
    static final Duration LONG = Duration.ofMinutes(10);
    static final Lifecycle PLAIN = new Lifecycle(RestartMode.ON_FAILURE, STOP, false, new Conduct(new Silence(LONG)));
    static final Lifecycle AGENT = new Lifecycle(RestartMode.ON_FAILURE, STOP, true, new Conduct(new Silence(LONG)));
    static final Duration SHORT = Duration.ofSeconds(10);
    /// One with dialogs of which it tells nothing.
    static final Lifecycle RETICENT =
            new Lifecycle(RestartMode.ON_FAILURE, STOP, true, new Conduct(new Silence(LONG, Optional.of(SHORT))));

    static final long GENERATION = 5;
    static final long PID = 4_242;

    static final Activity IDLE = new Activity.Idle(new Evidence("test", NOW));
    static final AgentEvent TURN_ENDED = new AgentEvent.TurnEnded("done");

    /// All that there are.
    static Stream<SessionState> states() {
        return Stream.of(
                new SessionState.Stopped(),
                new SessionState.Starting(0, NOW),
                new SessionState.Starting(PID, NOW),
                new SessionState.Running(PID, NOW, IDLE),
                new SessionState.Backoff(NOW, 1, "exit status 1"),
                new SessionState.Stopping(0, false),
                new SessionState.Stopping(PID, false),
                new SessionState.Stopping(PID, true),
                new SessionState.Exited(0),
                new SessionState.Failed("why"));
    }

    static SessionModel in(SessionState state) {
        return new SessionModel(
                Desired.UP, state, NOW, GENERATION, 0, Failures.NONE, Optional.empty(), 0, false, Instant.MIN);
    }

    static Step step(Lifecycle lifecycle, SessionState state, SessionEvent event) {
        return lifecycle.step(in(state), event, NOW, 0);
    }

    private final Lifecycle lifecycle;
    private final List<Effect> effects = new ArrayList<>();
    SessionModel model;
    Instant now = NOW;

    Story(Lifecycle lifecycle, SessionState state) {
        this.lifecycle = lifecycle;
        this.model = in(state);
    }

    List<Effect> happens(SessionEvent event) {
        Step step = lifecycle.step(model, event, now, 0);
        model = step.model();
        effects.addAll(step.effects());
        return step.effects();
    }

    <T extends Effect> List<T> effects(Class<T> kind) {
        return effects.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    <T extends Notice> List<T> notices(Class<T> kind) {
        return effects(Effect.Tell.class).stream()
                .map(Effect.Tell::notice)
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }
}

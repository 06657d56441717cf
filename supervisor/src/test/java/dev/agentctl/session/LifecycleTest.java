package dev.agentctl.session;

import static dev.agentctl.session.Story.AGENT;
import static dev.agentctl.session.Story.GENERATION;
import static dev.agentctl.session.Story.IDLE;
import static dev.agentctl.session.Story.NOW;
import static dev.agentctl.session.Story.PID;
import static dev.agentctl.session.Story.PLAIN;
import static dev.agentctl.session.Story.TURN_ENDED;
import static dev.agentctl.session.Story.in;
import static dev.agentctl.session.Story.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.agentctl.agent.AgentEvent;
import dev.agentctl.session.Lifecycle.Step;
import dev.agentctl.session.SessionEvent.Timer;
import dev.agentctl.session.SessionState.Backoff;
import dev.agentctl.session.SessionState.Exited;
import dev.agentctl.session.SessionState.Failed;
import dev.agentctl.session.SessionState.Running;
import dev.agentctl.session.SessionState.Starting;
import dev.agentctl.session.SessionState.Stopped;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What holds whatever happens to a session, and its start.
class LifecycleTest {
    private static Stream<SessionEvent> events(long generation) {
        Stream<SessionEvent> reports = Stream.of(
                new SessionEvent.Spawned(generation, PID),
                new SessionEvent.SpawnRefused(generation, "no", false),
                new SessionEvent.SpawnRefused(generation, "no", true),
                new SessionEvent.HostAway(generation),
                new SessionEvent.ChildEnded(generation, 0),
                new SessionEvent.ChildEnded(generation, 1),
                new SessionEvent.ChildEnded(generation, 127),
                new SessionEvent.AgentReported(generation, TURN_ENDED, true),
                new SessionEvent.LookedAt(generation, Timer.REPORT_DUE, Duration.ofDays(1), "Trust?"),
                new SessionEvent.LookedAt(generation, Timer.SILENCE, Duration.ofDays(1), ""),
                new SessionEvent.AgentReported(generation, new AgentEvent.Closing("x"), true),
                new SessionEvent.AgentReported(generation, new AgentEvent.StatusPrinted("idle", "", ""), false));
        Stream<SessionEvent> timers =
                Stream.of(Timer.values()).map(timer -> new SessionEvent.TimeUp(generation, timer));
        return Stream.concat(reports, timers);
    }

    @ParameterizedTest
    @MethodSource("dev.agentctl.session.Story#states")
    void eventsOfAnOlderChildAreDropped(SessionState state) {
        events(GENERATION - 1)
                .forEach(event -> assertThat(step(AGENT, state, event))
                        .as("%s in %s", event, state)
                        .isEqualTo(new Step(in(state), List.of())));
    }

    @ParameterizedTest
    @MethodSource("dev.agentctl.session.Story#states")
    void everyEventIsTakenInEveryState(SessionState state) {
        for (Lifecycle lifecycle : List.of(PLAIN, AGENT)) {
            Stream<SessionEvent> people = Stream.of(
                    new SessionEvent.StartAsked(false),
                    new SessionEvent.StartAsked(true),
                    new SessionEvent.StopAsked(),
                    new SessionEvent.RestartAsked(),
                    new SessionEvent.HostLost(),
                    new SessionEvent.Adopted(GENERATION, PID));
            Stream.concat(people, events(GENERATION)).forEach(event -> {
                Step step = step(lifecycle, state, event);
                assertThat(step.model().generation()).isGreaterThanOrEqualTo(GENERATION);
                assertOneLaunchForEachGeneration(event, step);
            });
        }
    }

    private static void assertOneLaunchForEachGeneration(SessionEvent event, Step step) {
        long launches =
                step.effects().stream().filter(Effect.Launch.class::isInstance).count();
        assertThat(launches)
                .as("%s leads to %s", event, step)
                .isEqualTo(step.model().generation() - GENERATION);
        if (launches > 0) {
            assertThat(step.model().state()).isEqualTo(new Starting(0, NOW));
        }
    }

    @ParameterizedTest
    @MethodSource("dev.agentctl.session.Story#states")
    void aStartedChildIsNeverForgotten(SessionState state) {
        // whatever a person asks, a state that had a child has it still, or waits for its end
        if (state.childPid() != 0) {
            for (SessionEvent asked : List.of(
                    new SessionEvent.StartAsked(false),
                    new SessionEvent.StopAsked(),
                    new SessionEvent.RestartAsked())) {
                assertThat(step(PLAIN, state, asked).model().state().childPid()).isEqualTo(PID);
            }
        }
    }

    @Test
    void startLaunchesWhatHasNoChild() {
        for (SessionState state :
                List.of(new Stopped(), new Exited(0), new Failed("x"), new Backoff(NOW, 3, "crash"))) {
            Step step = step(PLAIN, state, new SessionEvent.StartAsked(true));
            assertThat(step.effects()).containsExactly(new Effect.Launch(GENERATION + 1, true, Optional.empty()));
            assertThat(step.model().desired()).isEqualTo(Desired.UP);
        }
    }

    @Test
    void startOfWhatRunsChangesNothing() {
        for (SessionState state : List.of(new Starting(0, NOW), new Starting(PID, NOW), new Running(PID, NOW, IDLE))) {
            assertThat(step(PLAIN, state, new SessionEvent.StartAsked(false)))
                    .isEqualTo(new Step(in(state), List.of()));
        }
    }
}

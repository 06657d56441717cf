package dev.agentctl.session;

import static dev.agentctl.session.Story.AGENT;
import static dev.agentctl.session.Story.GENERATION;
import static dev.agentctl.session.Story.IDLE;
import static dev.agentctl.session.Story.NOW;
import static dev.agentctl.session.Story.PID;
import static dev.agentctl.session.Story.PLAIN;
import static dev.agentctl.session.Story.STOP;
import static dev.agentctl.session.Story.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.agentctl.pty.Signal;
import dev.agentctl.session.Effect.Notice;
import dev.agentctl.session.Lifecycle.Step;
import dev.agentctl.session.SessionEvent.Timer;
import dev.agentctl.session.SessionState.Backoff;
import dev.agentctl.session.SessionState.Exited;
import dev.agentctl.session.SessionState.Failed;
import dev.agentctl.session.SessionState.Running;
import dev.agentctl.session.SessionState.Starting;
import dev.agentctl.session.SessionState.Stopped;
import dev.agentctl.session.SessionState.Stopping;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// How a session is stopped, whatever it is at.
class LifecycleStopTest {
    @Test
    void startDuringAStopStartsAgainAfterTheEnd() {
        Story story = new Story(PLAIN, new Running(PID, NOW, IDLE));
        story.happens(new SessionEvent.StopAsked());
        story.happens(new SessionEvent.StartAsked(false));
        assertThat(story.effects(Effect.Launch.class)).isEmpty();
        story.happens(new SessionEvent.ChildEnded(GENERATION, 143));
        assertThat(story.effects(Effect.Launch.class)).hasSize(1);
        assertThat(story.model.desired()).isEqualTo(Desired.UP);
    }

    @Test
    void aFreshStartDuringAStopIsFreshAfterTheEnd() {
        Story story = new Story(PLAIN, new Running(PID, NOW, IDLE));
        story.happens(new SessionEvent.StopAsked());
        story.happens(new SessionEvent.StartAsked(true));
        story.happens(new SessionEvent.ChildEnded(GENERATION, 143));
        assertThat(story.effects(Effect.Launch.class))
                .containsExactly(new Effect.Launch(GENERATION + 1, true, Optional.empty()));
    }

    @Test
    void aSecondStopTakesBackTheRestart() {
        Story story = new Story(PLAIN, new Running(PID, NOW, IDLE));
        story.happens(new SessionEvent.RestartAsked());
        story.happens(new SessionEvent.StopAsked());
        story.happens(new SessionEvent.ChildEnded(GENERATION, 143));
        assertThat(story.model.state()).isEqualTo(new Stopped());
        assertThat(story.model.desired()).isEqualTo(Desired.DOWN);
    }

    @Test
    void stopGoesFromTheAgentsOwnQuitToTheKill() {
        Story story = new Story(PLAIN, new Running(PID, NOW, IDLE));
        assertThat(story.happens(new SessionEvent.StopAsked()))
                .containsExactly(new Effect.Quit(GENERATION, true), new Effect.Wait(GENERATION, STOP, Timer.QUIT));
        assertThat(story.happens(new SessionEvent.TimeUp(GENERATION, Timer.QUIT)))
                .containsExactly(
                        new Effect.Send(GENERATION, Signal.TERMINATE),
                        new Effect.Send(GENERATION, Signal.CONTINUE),
                        new Effect.Wait(GENERATION, Duration.ofSeconds(10), Timer.TERMINATE));
        assertThat(story.happens(new SessionEvent.TimeUp(GENERATION, Timer.TERMINATE)))
                .contains(new Effect.Send(GENERATION, Signal.KILL), new Effect.Sweep());
        assertThat(story.happens(new SessionEvent.TimeUp(GENERATION, Timer.KILL)))
                .containsExactly(new Effect.Tell(new Notice.Survived(PID)));
        assertThat(story.happens(new SessionEvent.ChildEnded(GENERATION, 137))).containsExactly(new Effect.Sweep());
        assertThat(story.model.state()).isEqualTo(new Stopped());
    }

    @Test
    void onlyAnIdleAgentIsAskedInItsOwnWay() {
        Evidence evidence = new Evidence("test", NOW);
        for (Activity busy : List.of(
                new Activity.Working(evidence),
                new Activity.AwaitingApproval("rm", evidence),
                new Activity.AwaitingAnswer("which", evidence),
                new Activity.Unknown(evidence))) {
            Step step = step(AGENT, new Running(PID, NOW, busy), new SessionEvent.StopAsked());
            assertThat(step.effects()).contains(new Effect.Quit(GENERATION, false));
        }
    }

    @Test
    void aStopWhileTheChildIsBeingStartedEndsIt() {
        Story story = new Story(PLAIN, new Starting(0, NOW));
        story.happens(new SessionEvent.StopAsked());
        assertThat(story.happens(new SessionEvent.Spawned(GENERATION, PID)))
                .contains(new Effect.Quit(GENERATION, false));
        assertThat(story.model.state()).isEqualTo(new Stopping(PID, false));
        story.happens(new SessionEvent.ChildEnded(GENERATION, 143));
        assertThat(story.model.state()).isEqualTo(new Stopped());
    }

    @Test
    void aStopWhileAStartIsRefusedEndsStopped() {
        Story story = new Story(PLAIN, new Starting(0, NOW));
        story.happens(new SessionEvent.StopAsked());
        story.happens(new SessionEvent.SpawnRefused(GENERATION, "no such program", true));
        assertThat(story.model.state()).isEqualTo(new Stopped());
        assertThat(story.effects(Effect.Tell.class)).isEmpty();
    }

    @Test
    void aStopWhileItCannotBeStartedIsNotFollowedByAStart() {
        Story story = new Story(PLAIN, new Starting(0, NOW));
        story.happens(new SessionEvent.SpawnRefused(GENERATION, "disk full", false));
        story.happens(new SessionEvent.StopAsked());
        assertThat(story.happens(new SessionEvent.TimeUp(GENERATION, Timer.RESTART)))
                .isEmpty();
        assertThat(story.model.state()).isEqualTo(new Stopped());
    }

    @ParameterizedTest
    @MethodSource("dev.agentctl.session.Story#states")
    void aStopOfWhatHasNoChildLeavesNothingBehind(SessionState state) {
        boolean ended = state instanceof Backoff || state instanceof Exited || state instanceof Failed;
        if (ended) {
            Step step = step(PLAIN, state, new SessionEvent.StopAsked());
            assertThat(step.model().state()).isEqualTo(new Stopped());
            // a crashed child's own children may have outlived it
            assertThat(step.effects()).containsExactly(new Effect.Sweep());
        }
    }

    @Test
    void aStopDuringTheBackoffIsNotFollowedByAStart() {
        Story story = new Story(PLAIN, new Backoff(NOW, 1, "crash"));
        story.happens(new SessionEvent.StopAsked());
        assertThat(story.happens(new SessionEvent.TimeUp(GENERATION, Timer.RESTART)))
                .isEmpty();
        assertThat(story.model.state()).isEqualTo(new Stopped());
    }

    @Test
    void aHostLostDuringAStopLeavesNothingBehind() {
        Step step = step(PLAIN, new Stopping(PID, false), new SessionEvent.HostLost());
        assertThat(step.model().state()).isEqualTo(new Stopped());
        // the kernel hangs the terminals up, which a child may ignore
        assertThat(step.effects()).containsExactly(new Effect.Sweep());
    }
}

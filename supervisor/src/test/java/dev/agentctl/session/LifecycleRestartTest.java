package dev.agentctl.session;

import static dev.agentctl.session.Story.AGENT;
import static dev.agentctl.session.Story.GENERATION;
import static dev.agentctl.session.Story.IDLE;
import static dev.agentctl.session.Story.NOW;
import static dev.agentctl.session.Story.PID;
import static dev.agentctl.session.Story.PLAIN;
import static dev.agentctl.session.Story.STOP;
import static dev.agentctl.session.Story.TURN_ENDED;
import static dev.agentctl.session.Story.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.agentctl.project.RestartMode;
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
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What follows the end of a child, or a start that is refused.
class LifecycleRestartTest {
    @Test
    void theTimerOfAFormerBackoffStartsNothing() {
        Story story = new Story(PLAIN, new Backoff(NOW, 1, "crash"));
        story.happens(new SessionEvent.StartAsked(false));
        story.happens(new SessionEvent.Spawned(GENERATION + 1, PID));
        story.happens(new SessionEvent.ChildEnded(GENERATION + 1, 1));
        assertThat(story.model.state()).isInstanceOf(Backoff.class);
        assertThat(story.happens(new SessionEvent.TimeUp(GENERATION, Timer.RESTART)))
                .isEmpty();
        assertThat(story.happens(new SessionEvent.TimeUp(GENERATION + 1, Timer.RESTART)))
                .hasAtLeastOneElementOfType(Effect.Launch.class);
    }

    @Test
    void crashWhileRunningBacksOffOneSecond() {
        Step step = step(PLAIN, new Running(PID, NOW, IDLE), new SessionEvent.ChildEnded(GENERATION, 1));
        assertThat(step.model().state()).isEqualTo(new Backoff(NOW.plusSeconds(1), 1, "exit status 1"));
        assertThat(step.effects())
                .containsExactly(
                        new Effect.Tell(new Notice.Crashed("exit status 1", Duration.ofSeconds(1))),
                        new Effect.Wait(GENERATION, Duration.ofSeconds(1), Timer.RESTART));
        assertThat(step.model().restarts()).isEqualTo(1);
    }

    @Test
    void aCrashAfterAHealthyRunStartsAtOnce() {
        SessionState state = new Running(PID, NOW.minusSeconds(60), IDLE);
        Step step = step(PLAIN, state, new SessionEvent.ChildEnded(GENERATION, 139));
        assertThat(step.effects())
                .contains(
                        new Effect.Launch(GENERATION + 1, false, Optional.of("ended by signal 11")),
                        new Effect.Tell(new Notice.Crashed("ended by signal 11", Duration.ZERO)));
    }

    @Test
    void aKillForWantOfMemoryIsCalledSo() {
        String cause = "ended by signal 9, as the kernel killed for want of memory";
        Step step = step(PLAIN, new Running(PID, NOW, IDLE), new SessionEvent.ChildEnded(GENERATION, 137, true));
        assertThat(step.model().state()).isEqualTo(new Backoff(NOW.plusSeconds(1), 1, cause));
        assertThat(step.effects()).contains(new Effect.Tell(new Notice.Crashed(cause, Duration.ofSeconds(1))));
    }

    @Test
    void exitZeroIsExitedAndSwept() {
        Step step = step(PLAIN, new Running(PID, NOW, IDLE), new SessionEvent.ChildEnded(GENERATION, 0));
        assertThat(step.model().state()).isEqualTo(new Exited(0));
        assertThat(step.effects()).containsExactly(new Effect.Sweep(), new Effect.Tell(new Notice.Exited(0)));
    }

    @ParameterizedTest
    @ValueSource(ints = {126, 127, 78})
    void whatNoRestartMendsFailsAtOnce(int status) {
        Step step = step(PLAIN, new Running(PID, NOW, IDLE), new SessionEvent.ChildEnded(GENERATION, status));
        assertThat(step.model().state()).isInstanceOf(Failed.class);
        assertThat(step.effects()).noneMatch(Effect.Wait.class::isInstance);
    }

    @Test
    void aCrashLoopFailsWithOneMessage() {
        Story story = new Story(PLAIN, new Stopped());
        story.happens(new SessionEvent.StartAsked(false));
        for (int crash = 1; crash <= 5; crash++) {
            long generation = story.model.generation();
            story.happens(new SessionEvent.Spawned(generation, PID));
            story.happens(new SessionEvent.ChildEnded(generation, 1));
            story.happens(new SessionEvent.TimeUp(generation, Timer.RESTART));
        }
        assertThat(story.model.state()).isInstanceOf(Failed.class);
        assertThat(story.notices(Notice.GaveUp.class)).hasSize(1);
        assertThat(story.notices(Notice.Crashed.class)).hasSize(4);
        assertThat(story.effects(Effect.Launch.class)).hasSize(5);
    }

    @Test
    void aStartByAPersonCountsAnew() {
        Story story = new Story(PLAIN, new Stopped());
        for (int round = 0; round < 2; round++) {
            story.happens(new SessionEvent.StartAsked(false));
            for (int crash = 1; crash <= 5; crash++) {
                long generation = story.model.generation();
                story.happens(new SessionEvent.ChildEnded(generation, 1));
                story.happens(new SessionEvent.TimeUp(generation, Timer.RESTART));
            }
        }
        assertThat(story.effects(Effect.Launch.class)).hasSize(10);
    }

    @Test
    void aPermanentRefusalFailsWithItsReason() {
        Step step =
                step(PLAIN, new Starting(0, NOW), new SessionEvent.SpawnRefused(GENERATION, "no program 'x'", true));
        assertThat(step.model().state()).isEqualTo(new Failed("no program 'x'"));
        assertThat(step.effects()).contains(new Effect.Tell(new Notice.GaveUp("no program 'x'")));
    }

    /// A disk may be full for hours, and nothing that was started costs anything meanwhile.
    @ParameterizedTest
    @EnumSource(RestartMode.class)
    void aPassingRefusalIsTriedWithoutEndAndToldOnce(RestartMode mode) {
        Story story = new Story(new Lifecycle(mode, STOP, true, AGENT.conduct()), new Stopped());
        story.happens(new SessionEvent.StartAsked(true));
        for (int i = 0; i < 100; i++) {
            long generation = story.model.generation();
            story.happens(new SessionEvent.SpawnRefused(generation, "disk full", false, true));
            assertThat(story.model.state()).isInstanceOf(Backoff.class);
            assertThat(story.happens(new SessionEvent.TimeUp(generation, Timer.RESTART)))
                    .as("a new conversation was asked for, and has not begun")
                    .containsExactly(new Effect.Launch(generation + 1, true, Optional.empty()));
        }
        assertThat(story.effects(Effect.Wait.class).stream().map(Effect.Wait::time))
                .startsWith(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4))
                .endsWith(Duration.ofSeconds(30));
        story.happens(new SessionEvent.Spawned(story.model.generation(), PID));
        story.happens(new SessionEvent.AgentReported(story.model.generation(), TURN_ENDED, true));
        assertThat(story.effects(Effect.Tell.class))
                .containsExactly(
                        new Effect.Tell(new Notice.Delayed("disk full")), new Effect.Tell(new Notice.Recovered(true)));
        assertThat(story.model.restarts()).isZero();
        assertThat(story.model.failures()).isEqualTo(Failures.NONE);
    }

    @Test
    void aRefusalBetweenACrashAndTheNextChildForgetsNothingOfTheCrash() {
        Story story = new Story(PLAIN, new Running(PID, NOW, IDLE));
        story.happens(new SessionEvent.ChildEnded(GENERATION, 1));
        story.happens(new SessionEvent.TimeUp(GENERATION, Timer.RESTART));
        story.happens(new SessionEvent.SpawnRefused(GENERATION + 1, "disk full", false));
        assertThat(story.happens(new SessionEvent.TimeUp(GENERATION + 1, Timer.RESTART)))
                .containsExactly(new Effect.Launch(GENERATION + 2, false, Optional.of("exit status 1")));
        assertThat(story.model.failures().inARow()).isEqualTo(1);
    }

    @Test
    void twoEndsBeforeAReportHoldTheSession() {
        Story story = new Story(AGENT, new Stopped());
        story.happens(new SessionEvent.StartAsked(false));
        for (int i = 0; i < 2; i++) {
            long generation = story.model.generation();
            story.happens(new SessionEvent.Spawned(generation, PID));
            story.happens(new SessionEvent.ChildEnded(generation, 1));
            story.happens(new SessionEvent.TimeUp(generation, Timer.RESTART));
        }
        assertThat(story.model.state()).isInstanceOf(Failed.class);
        assertThat(story.notices(Notice.GaveUp.class)).hasSize(1);
    }

    @Test
    void aLostHostIsFollowedByARestart() {
        for (SessionState state : List.of(new Starting(PID, NOW), new Running(PID, NOW, IDLE))) {
            Story story = new Story(PLAIN, state);
            story.happens(new SessionEvent.HostLost());
            assertThat(story.model.state()).isInstanceOf(Backoff.class);
            story.happens(new SessionEvent.TimeUp(GENERATION, Timer.RESTART));
            assertThat(story.effects(Effect.Launch.class)).hasSize(1);
        }
    }

    @Test
    void aHostLostTwiceIsOneCrash() {
        Story story = new Story(PLAIN, new Running(PID, NOW, IDLE));
        story.happens(new SessionEvent.HostLost());
        story.happens(new SessionEvent.HostLost());
        assertThat(story.notices(Notice.Crashed.class)).hasSize(1);
        assertThat(story.model.restarts()).isEqualTo(1);
    }

    @Test
    void aHostThatIsAwayIsNoCrash() {
        Story story = new Story(PLAIN, new Starting(0, NOW));
        for (int i = 0; i < 100; i++) {
            long generation = story.model.generation();
            story.happens(new SessionEvent.HostAway(generation));
            story.happens(new SessionEvent.TimeUp(generation, Timer.RESTART));
        }
        assertThat(story.effects(Effect.Launch.class)).hasSize(100);
        assertThat(story.effects(Effect.Tell.class)).isEmpty();
        assertThat(story.model.restarts()).isZero();
    }

    @Test
    void aRestartThroughALostHostStarts() {
        Step step = step(PLAIN, new Stopping(PID, true), new SessionEvent.HostLost());
        assertThat(step.effects()).hasAtLeastOneElementOfType(Effect.Launch.class);
    }

    @Test
    void theRecoveryIsToldOnce() {
        Story story = new Story(AGENT, new Running(PID, NOW, IDLE));
        story.happens(new SessionEvent.ChildEnded(GENERATION, 1));
        story.happens(new SessionEvent.TimeUp(GENERATION, Timer.RESTART));
        story.happens(new SessionEvent.Spawned(GENERATION + 1, PID));
        story.happens(new SessionEvent.AgentReported(GENERATION + 1, TURN_ENDED, true));
        story.happens(new SessionEvent.AgentReported(GENERATION + 1, TURN_ENDED, true));
        assertThat(story.notices(Notice.Recovered.class)).hasSize(1);
    }
}

package dev.agentctl.session;

import static dev.agentctl.session.Story.AGENT;
import static dev.agentctl.session.Story.GENERATION;
import static dev.agentctl.session.Story.IDLE;
import static dev.agentctl.session.Story.NOW;
import static dev.agentctl.session.Story.PID;
import static dev.agentctl.session.Story.PLAIN;
import static dev.agentctl.session.Story.STOP;
import static dev.agentctl.session.Story.TURN_ENDED;
import static dev.agentctl.session.Story.in;
import static dev.agentctl.session.Story.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.agentctl.agent.AgentEvent;
import dev.agentctl.agent.Limit;
import dev.agentctl.project.RestartMode;
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
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LifecycleTest {
    static Stream<SessionState> states() {
        return Stream.of(
                new Stopped(),
                new Starting(0, NOW),
                new Starting(PID, NOW),
                new Running(PID, NOW, IDLE),
                new Backoff(NOW, 1, "exit status 1"),
                new Stopping(0, false),
                new Stopping(PID, false),
                new Stopping(PID, true),
                new Exited(0),
                new Failed("why"));
    }

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
    @MethodSource("states")
    void eventsOfAnOlderChildAreDropped(SessionState state) {
        events(GENERATION - 1)
                .forEach(event -> assertThat(step(AGENT, state, event))
                        .as("%s in %s", event, state)
                        .isEqualTo(new Step(in(state), List.of())));
    }

    @ParameterizedTest
    @MethodSource("states")
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
    @MethodSource("states")
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

    @ParameterizedTest
    @MethodSource("states")
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
    void aStopWhileItCannotBeStartedIsNotFollowedByAStart() {
        Story story = new Story(PLAIN, new Starting(0, NOW));
        story.happens(new SessionEvent.SpawnRefused(GENERATION, "disk full", false));
        story.happens(new SessionEvent.StopAsked());
        assertThat(story.happens(new SessionEvent.TimeUp(GENERATION, Timer.RESTART)))
                .isEmpty();
        assertThat(story.model.state()).isEqualTo(new Stopped());
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
    void aHostLostDuringAStopLeavesNothingBehind() {
        Step step = step(PLAIN, new Stopping(PID, false), new SessionEvent.HostLost());
        assertThat(step.model().state()).isEqualTo(new Stopped());
        // the kernel hangs the terminals up, which a child may ignore
        assertThat(step.effects()).containsExactly(new Effect.Sweep());
    }

    @Test
    void aRestartThroughALostHostStarts() {
        Step step = step(PLAIN, new Stopping(PID, true), new SessionEvent.HostLost());
        assertThat(step.effects()).hasAtLeastOneElementOfType(Effect.Launch.class);
    }

    @Test
    void whatRunsAlreadyIsAdopted() {
        SessionModel before = new SessionModel(
                Desired.UP, new Stopped(), NOW, GENERATION, 3, Failures.NONE, Optional.empty(), 0, false, Instant.MIN);
        Step step = AGENT.step(before, new SessionEvent.Adopted(GENERATION, PID), NOW, 0);
        assertThat(step.model().state()).isInstanceOfSatisfying(Running.class, running -> {
            assertThat(running.pid()).isEqualTo(PID);
            assertThat(running.activity()).isInstanceOf(Activity.Unknown.class);
        });
        assertThat(step.model().restarts()).isEqualTo(3);
    }

    /// Seen with Claude Code whose question whether its state is wanted found no supervisor: it prints none then.
    @Test
    void anAdoptedAgentThatHasOnlyGreetedWaitsForAPrompt() {
        Story story = new Story(AGENT, new Stopped());
        assertThat(story.happens(new SessionEvent.Adopted(GENERATION, PID, Optional.empty(), Heard.GREETING)))
                .contains(new Effect.Wait(GENERATION, FirstReport.GREETED, Timer.REPORT_DUE));
        assertThat(story.happens(new SessionEvent.TimeUp(GENERATION, Timer.REPORT_DUE)))
                .containsExactly(new Effect.Look(GENERATION, Timer.REPORT_DUE));
        story.happens(new SessionEvent.LookedAt(GENERATION, Timer.REPORT_DUE, FirstReport.GREETED, "? for help"));
        assertThat(story.model.state().word()).isEqualTo("idle");
    }

    @Test
    void anAdoptedAgentThatHasSaidNothingMayStandBeforeADialog() {
        Story story = new Story(AGENT, new Stopped());
        assertThat(story.happens(new SessionEvent.Adopted(GENERATION, PID, Optional.empty(), Heard.NOTHING)))
                .contains(new Effect.Wait(GENERATION, FirstReport.DUE, Timer.REPORT_DUE));
        story.happens(new SessionEvent.LookedAt(GENERATION, Timer.REPORT_DUE, FirstReport.STILL, "Trust it?"));
        assertThat(story.notices(Effect.Notice.NotReported.class)).hasSize(1);
        assertThat(story.model.state().word()).isEqualTo("running");
        assertThat(story.happens(new SessionEvent.AgentReported(
                        GENERATION, new AgentEvent.ConversationBegan("id", Optional.empty()), true)))
                .containsExactly(new Effect.Wait(GENERATION, FirstReport.GREETED, Timer.REPORT_DUE));
        story.happens(new SessionEvent.TimeUp(GENERATION, Timer.REPORT_DUE));
        story.happens(new SessionEvent.LookedAt(GENERATION, Timer.REPORT_DUE, FirstReport.GREETED, "? for help"));
        assertThat(story.model.state().word()).isEqualTo("idle");
    }

    @Test
    void whatASupervisorHasHeardIsRemembered() {
        Memory memory = Memory.BLANK.ofModel(in(new Running(PID, NOW, IDLE)));
        assertThat(memory.heard()).isEqualTo(Heard.NOTHING);
        assertThat(memory.greeted(GENERATION).heard()).isEqualTo(Heard.GREETING);
        assertThat(memory.greeted(GENERATION).inTurn(true, Optional.empty()).heard())
                .isEqualTo(Heard.MORE);
        assertThat(memory.greeted(Memory.NEVER_ASKED).heard()).isEqualTo(Heard.MORE);
    }

    @Test
    void anAdoptedAgentIsAsLimitedAsItWas() {
        Activity.Limited limited = new Activity.Limited(
                Limit.USAGE, Optional.of(NOW.plusSeconds(60)), new Evidence("hook", NOW.minusSeconds(60)));
        SessionModel seen = in(new Running(PID, NOW, limited));
        Memory memory = Memory.BLANK.ofModel(seen);
        SessionModel next = SessionModel.remembered(memory, NOW);
        assertThat(memory.ofModel(next).last().limited()).contains(limited);
        Step step = AGENT.step(
                next, new SessionEvent.Adopted(GENERATION, PID, memory.last().limited(), Heard.GREETING), NOW, 0);
        assertThat(step.model().state()).isEqualTo(new Running(PID, NOW, limited));
        assertThat(step.effects()).contains(new Effect.Wait(GENERATION, Duration.ofSeconds(60), Timer.LIMIT_OVER));
        assertThat(memory.ofModel(in(new Running(PID, NOW, IDLE))).last().limited())
                .isEmpty();
        assertThat(memory.ofModel(in(new Starting(0, NOW))).last().limited()).isEmpty();
    }

    @Test
    void aStopThatASupervisorDiedInGoesOnWithTheNext() {
        SessionModel before = in(new Stopped()).wanting(Desired.DOWN);
        Step step = PLAIN.step(before, new SessionEvent.Adopted(GENERATION, PID), NOW, 0);
        assertThat(step.model().state()).isEqualTo(new Stopping(PID, false));
        assertThat(step.model().desired()).isEqualTo(Desired.DOWN);
        assertThat(step.effects())
                .containsExactly(new Effect.Quit(GENERATION, false), new Effect.Wait(GENERATION, STOP, Timer.QUIT));
    }

    @Test
    void aChildThatNobodyRemembersIsAdopted() {
        SessionModel before = SessionModel.remembered(Memory.BLANK, NOW);
        Step step = PLAIN.step(before, new SessionEvent.Adopted(GENERATION, PID), NOW, 0);
        assertThat(step.model().state()).isInstanceOf(Running.class);
        assertThat(step.model().generation()).isEqualTo(GENERATION);
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

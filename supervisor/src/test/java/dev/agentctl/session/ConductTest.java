package dev.agentctl.session;

import static dev.agentctl.session.Story.AGENT;
import static dev.agentctl.session.Story.GENERATION;
import static dev.agentctl.session.Story.IDLE;
import static dev.agentctl.session.Story.LONG;
import static dev.agentctl.session.Story.NOW;
import static dev.agentctl.session.Story.PID;
import static dev.agentctl.session.Story.RETICENT;
import static dev.agentctl.session.Story.SHORT;
import static dev.agentctl.session.Story.TURN_ENDED;
import static dev.agentctl.session.Story.in;
import static dev.agentctl.session.Story.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.agentctl.agent.AgentEvent;
import dev.agentctl.agent.Limit;
import dev.agentctl.session.Effect.Notice;
import dev.agentctl.session.Lifecycle.Step;
import dev.agentctl.session.SessionEvent.Timer;
import dev.agentctl.session.SessionState.Running;
import dev.agentctl.session.SessionState.Starting;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConductTest {
    /// Claude Code 2.1.197 prints no state.
    @Test
    void anAgentWhoseConversationBeganAndThatSaysNothingMoreIsIdle() {
        Story story = new Story(AGENT, new Starting(PID, NOW));
        AgentEvent began = new AgentEvent.ConversationBegan("id", Optional.empty());
        assertThat(story.happens(new SessionEvent.AgentReported(GENERATION, began, true)))
                .containsExactly(new Effect.Wait(GENERATION, FirstReport.GREETED, Timer.REPORT_DUE));
        assertThat(story.model.state()).isEqualTo(new Starting(PID, NOW));
        assertThat(story.happens(new SessionEvent.LookedAt(GENERATION, Timer.REPORT_DUE, Duration.ofSeconds(1), "")))
                .containsExactly(new Effect.Wait(GENERATION, FirstReport.GREETED.minusSeconds(1), Timer.REPORT_DUE));
        assertThat(story.happens(
                        new SessionEvent.LookedAt(GENERATION, Timer.REPORT_DUE, FirstReport.GREETED, "? for help")))
                .isEmpty();
        assertThat(story.model.state().word()).isEqualTo("idle");
    }

    @Test
    void anAgentIsStartingUntilItReports() {
        Story story = new Story(AGENT, new Starting(0, NOW));
        story.happens(new SessionEvent.Spawned(GENERATION, PID));
        assertThat(story.model.state()).isEqualTo(new Starting(PID, NOW));
        story.happens(new SessionEvent.AgentReported(GENERATION, TURN_ENDED, true));
        assertThat(story.model.state().word()).isEqualTo("idle");
    }

    @Test
    void aReportThatOvertakesTheSpawnKeepsThePid() {
        Story story = new Story(AGENT, new Starting(0, NOW));
        story.happens(new SessionEvent.AgentReported(GENERATION, TURN_ENDED, true));
        story.happens(new SessionEvent.Spawned(GENERATION, PID));
        assertThat(story.model.state().word()).isEqualTo("idle");
        assertThat(story.model.state().childPid()).isEqualTo(PID);
    }

    @Test
    void silenceAfterTheStartIsShownAndNotGuessed() {
        Story story = new Story(AGENT, new Starting(0, NOW));
        assertThat(story.happens(new SessionEvent.Spawned(GENERATION, PID)))
                .contains(new Effect.Wait(GENERATION, Duration.ofSeconds(10), Timer.REPORT_DUE));
        story.now = NOW.plusSeconds(10);
        assertThat(story.happens(new SessionEvent.TimeUp(GENERATION, Timer.REPORT_DUE)))
                .containsExactly(new Effect.Look(GENERATION, Timer.REPORT_DUE));
        assertThat(story.happens(lookedAt(1, "Trust this folder?")))
                .containsExactly(new Effect.Wait(GENERATION, Duration.ofSeconds(5), Timer.REPORT_DUE));
        assertThat(story.model.state().word()).isEqualTo("starting");
        story.happens(lookedAt(6, "Trust this folder?"));
        assertThat(story.model.state().word()).isEqualTo("running");
        assertThat(story.model.state())
                .isInstanceOfSatisfying(
                        Running.class,
                        running -> assertThat(running.activity().evidence().source())
                                .contains("Trust this folder?"));
        story.happens(lookedAt(60, "Trust this folder?"));
        assertThat(story.notices(Notice.NotReported.class))
                .containsExactly(new Notice.NotReported("Trust this folder?"));
    }

    @Test
    void aLookThatAReportOvertookChangesNothing() {
        Step step = step(AGENT, new Running(PID, NOW, IDLE), lookedAt(60, "Trust this folder?"));
        assertThat(step).isEqualTo(new Step(in(new Running(PID, NOW, IDLE)), List.of()));
    }

    private static SessionEvent lookedAt(int quietSeconds, String screen) {
        return new SessionEvent.LookedAt(GENERATION, Timer.REPORT_DUE, Duration.ofSeconds(quietSeconds), screen);
    }

    @Test
    void anAgentThatWorksWithoutASignOfLifeIsStuckUntilTheNextOne() {
        Story story = new Story(AGENT, new Starting(0, NOW));
        assertThat(story.happens(new SessionEvent.Spawned(GENERATION, PID)))
                .contains(new Effect.Wait(GENERATION, LONG, Timer.SILENCE));
        story.happens(new SessionEvent.AgentReported(GENERATION, new AgentEvent.PromptAccepted("x"), true));
        story.now = NOW.plus(LONG);
        assertThat(story.happens(new SessionEvent.TimeUp(GENERATION, Timer.SILENCE)))
                .containsExactly(new Effect.Look(GENERATION, Timer.SILENCE));
        // it printed a minute after its hook
        assertThat(story.happens(silentFor(LONG.minusMinutes(1))))
                .containsExactly(new Effect.Wait(GENERATION, Duration.ofMinutes(1), Timer.SILENCE));
        assertThat(story.model.state().word()).isEqualTo("working");
        story.now = NOW.plus(LONG).plusSeconds(60);
        story.happens(silentFor(LONG));
        assertThat(story.model.state().word()).isEqualTo("stuck");
        assertThat(story.model.since()).isEqualTo(story.now);
        story.happens(silentFor(LONG));
        assertThat(story.notices(Notice.Stuck.class)).containsExactly(new Notice.Stuck(LONG));
        story.now = story.now.plusSeconds(5);
        assertThat(story.happens(silentFor(Duration.ofSeconds(2))))
                .containsExactly(new Effect.Wait(GENERATION, LONG, Timer.SILENCE));
        assertThat(story.model.state().word()).isEqualTo("working");
    }

    @Test
    void aDialogThatNothingTellsOfIsSeenByItsStillScreenAndToldOnce() {
        Story story = new Story(RETICENT, new Running(PID, NOW, IDLE));
        assertThat(story.happens(new SessionEvent.AgentReported(GENERATION, new AgentEvent.PromptAccepted("x"), true)))
                .containsExactly(new Effect.Wait(GENERATION, SHORT, Timer.SILENCE));
        story.now = NOW.plusSeconds(10);
        // it printed 4 s ago
        assertThat(story.happens(covered(4)))
                .containsExactly(new Effect.Wait(GENERATION, Duration.ofSeconds(6), Timer.SILENCE));
        story.now = NOW.plusSeconds(16);
        assertThat(story.happens(silentFor(SHORT)))
                .as("its composer is there")
                .containsExactly(new Effect.Wait(GENERATION, Silence.AGAIN, Timer.SILENCE));
        assertThat(story.model.state().word()).isEqualTo("working");
        story.happens(covered(10));
        assertThat(story.model.state().word()).isEqualTo("awaiting-answer");
        story.happens(covered(15));
        story.happens(covered(3));
        assertThat(story.notices(Notice.Covered.class)).containsExactly(new Notice.Covered("quota\n1. Stop"));
        assertThat(story.happens(silentFor(Duration.ZERO)))
                .containsExactly(new Effect.Wait(GENERATION, SHORT, Timer.SILENCE));
        assertThat(story.model.state().word()).isEqualTo("working");
        story.happens(covered(10));
        story.happens(new SessionEvent.AgentReported(GENERATION, TURN_ENDED, true));
        assertThat(story.model.state().word()).isEqualTo("idle");
    }

    private static SessionEvent covered(int quietSeconds) {
        return new SessionEvent.LookedAt(
                GENERATION, Timer.SILENCE, Duration.ofSeconds(quietSeconds), "quota\n1. Stop", false);
    }

    @ParameterizedTest
    @ValueSource(longs = {-86_400, -3_600, 3_600, 86_400})
    void aClockThatIsTurnedMakesNobodyStuckAndKeepsNobodyFromIt(long seconds) {
        Story story = new Story(AGENT, new Running(PID, NOW, new Activity.Working(new Evidence("hook", NOW))));
        story.now = NOW.plusSeconds(seconds);
        story.happens(silentFor(Duration.ofSeconds(1)));
        assertThat(story.model.state().word()).isEqualTo("working");
        story.happens(silentFor(LONG));
        assertThat(story.model.state().word()).isEqualTo("stuck");
        story.now = NOW;
        story.happens(silentFor(LONG.plusSeconds(5)));
        assertThat(story.model.state().word()).isEqualTo("stuck");
        story.happens(silentFor(Duration.ofSeconds(2)));
        assertThat(story.model.state().word()).isEqualTo("working");
    }

    @Test
    void aHookEndsWhatIsStuck() {
        Activity stuck = new Activity.Stuck(NOW.minus(LONG), new Evidence("hook UserPromptSubmit", NOW.minus(LONG)));
        Story story = new Story(AGENT, new Running(PID, NOW, stuck));
        story.happens(new SessionEvent.AgentReported(GENERATION, TURN_ENDED, true));
        assertThat(story.model.state().word()).isEqualTo("idle");
    }

    @Test
    void backgroundTasksAreWorkUntilAHookSaysOtherwise() {
        Story story = new Story(AGENT, new Running(PID, NOW, IDLE));
        story.happens(new SessionEvent.AgentReported(GENERATION, new AgentEvent.TurnEnded("done", 1), true));
        assertThat(story.model.state().word()).isEqualTo("working");
        story.now = NOW.plusSeconds(60);
        story.happens(new SessionEvent.AgentReported(GENERATION, new AgentEvent.StatusPrinted("idle", "", ""), false));
        assertThat(story.model.state().word()).isEqualTo("working");
        story.happens(new SessionEvent.AgentReported(GENERATION, TURN_ENDED, true));
        assertThat(story.model.state().word()).isEqualTo("idle");
    }

    @Test
    void aLimitEndsAtItsTimeAndTheTurnGoesOn() {
        Story story = new Story(AGENT, new Running(PID, NOW, IDLE));
        Instant end = NOW.plusSeconds(3_600);
        AgentEvent failed = new AgentEvent.TurnFailed("limit", Optional.of(Limit.USAGE), Optional.of(end));
        assertThat(story.happens(new SessionEvent.AgentReported(GENERATION, failed, true)))
                .containsExactly(new Effect.Wait(GENERATION, Duration.ofHours(1), Timer.LIMIT_OVER));
        story.now = NOW.plusSeconds(60);
        for (AgentEvent printed : List.of(
                new AgentEvent.StatusPrinted("error", "", ""),
                new AgentEvent.StatusPrinted("idle", "", ""),
                new AgentEvent.StatusPrinted("blocked", "auth", "/login"))) {
            story.happens(new SessionEvent.AgentReported(GENERATION, printed, false));
        }
        assertThat(story.happens(new SessionEvent.TimeUp(GENERATION, Timer.LIMIT_OVER)))
                .containsExactly(new Effect.Wait(GENERATION, Duration.ofMinutes(59), Timer.LIMIT_OVER));
        assertThat(story.model.state().word()).isEqualTo("limited");
        story.now = end;
        assertThat(story.happens(new SessionEvent.TimeUp(GENERATION, Timer.LIMIT_OVER)))
                .containsExactly(new Effect.GoOn(GENERATION));
        assertThat(story.model.state().word()).isEqualTo("idle");
    }

    @Test
    void aUsageLimitWithoutAnEndIsTriedAgainByWhatWaits() {
        Story story = new Story(AGENT, new Running(PID, NOW, IDLE));
        AgentEvent failed = new AgentEvent.TurnFailed("429", Optional.of(Limit.USAGE), Optional.empty());
        assertThat(story.happens(new SessionEvent.AgentReported(GENERATION, failed, true)))
                .containsExactly(new Effect.Wait(GENERATION, Duration.ofMinutes(15), Timer.LIMIT_OVER));
        story.now = NOW.plusSeconds(900);
        assertThat(story.happens(new SessionEvent.TimeUp(GENERATION, Timer.LIMIT_OVER)))
                .isEmpty();
        assertThat(story.model.state().word()).isEqualTo("idle");
    }

    @Test
    void aPersonMayHaveALimitTriedAgainBeforeItsEnd() {
        Story story = new Story(AGENT, new Running(PID, NOW, IDLE));
        story.happens(new SessionEvent.RetryAsked());
        assertThat(story.model.state()).isEqualTo(new Running(PID, NOW, IDLE));
        AgentEvent failed = new AgentEvent.TurnFailed("401", Optional.of(Limit.LOGIN), Optional.empty());
        story.happens(new SessionEvent.AgentReported(GENERATION, failed, true));
        assertThat(story.happens(new SessionEvent.RetryAsked())).containsExactly(new Effect.GoOn(GENERATION));
        assertThat(story.model.state().word()).isEqualTo("idle");
    }

    @Test
    void onlyAPersonOrTheNextPromptEndsAMissingLogin() {
        Story story = new Story(AGENT, new Running(PID, NOW, IDLE));
        AgentEvent failed = new AgentEvent.TurnFailed("401", Optional.of(Limit.LOGIN), Optional.empty());
        assertThat(story.happens(new SessionEvent.AgentReported(GENERATION, failed, true)))
                .isEmpty();
        story.now = NOW.plusSeconds(86_400);
        story.happens(new SessionEvent.TimeUp(GENERATION, Timer.LIMIT_OVER));
        assertThat(story.model.state().word()).isEqualTo("limited");
        story.happens(new SessionEvent.AgentReported(GENERATION, new AgentEvent.PromptAccepted("x"), true));
        assertThat(story.model.state().word()).isEqualTo("working");
    }

    @Test
    void onlyWorkCanBeStuck() {
        Evidence evidence = new Evidence("test", NOW.minus(LONG.multipliedBy(5)));
        for (Activity quiet : List.of(
                new Activity.Idle(evidence),
                new Activity.Background(1, evidence),
                new Activity.AwaitingApproval("rm", evidence),
                new Activity.AwaitingAnswer("which", evidence),
                new Activity.Unknown(evidence))) {
            Step step = step(AGENT, new Running(PID, NOW, quiet), silentFor(LONG.multipliedBy(5)));
            assertThat(step.model().state()).isEqualTo(new Running(PID, NOW, quiet));
            assertThat(step.effects()).containsExactly(new Effect.Wait(GENERATION, LONG, Timer.SILENCE));
        }
    }

    private static SessionEvent silentFor(Duration quiet) {
        return new SessionEvent.LookedAt(GENERATION, Timer.SILENCE, quiet, "");
    }

    @Test
    void aPrintedStateShortlyAfterAHookIsLookedAtAgain() {
        SessionModel heard = in(new Running(PID, NOW, IDLE)).heard(true, NOW);
        SessionEvent printed =
                new SessionEvent.AgentReported(GENERATION, new AgentEvent.StatusPrinted("working", "", ""), false);
        Step soon = AGENT.step(heard, printed, NOW.plusMillis(100), 0);
        assertThat(soon.model()).isEqualTo(heard);
        assertThat(soon.effects())
                .containsExactly(new Effect.Wait(GENERATION, Duration.ofMillis(1_500), Timer.RECHECK));
        Step later = AGENT.step(heard, printed, NOW.plusMillis(1_600), 0);
        assertThat(later.model().state().word()).isEqualTo("working");
    }

    @Test
    void sinceIsWhenTheWordChanged() {
        Story story = new Story(AGENT, new Running(PID, NOW, IDLE));
        story.now = NOW.plusSeconds(30);
        story.happens(new SessionEvent.AgentReported(GENERATION, TURN_ENDED, true));
        assertThat(story.model.since()).isEqualTo(NOW);
        story.happens(new SessionEvent.AgentReported(GENERATION, new AgentEvent.PromptAccepted("x"), true));
        assertThat(story.model.since()).isEqualTo(NOW.plusSeconds(30));
    }
}

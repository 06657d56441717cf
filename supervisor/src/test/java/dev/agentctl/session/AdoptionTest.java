package dev.agentctl.session;

import static dev.agentctl.session.Story.AGENT;
import static dev.agentctl.session.Story.GENERATION;
import static dev.agentctl.session.Story.IDLE;
import static dev.agentctl.session.Story.NOW;
import static dev.agentctl.session.Story.PID;
import static dev.agentctl.session.Story.PLAIN;
import static dev.agentctl.session.Story.STOP;
import static dev.agentctl.session.Story.in;
import static dev.agentctl.session.Story.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.agentctl.agent.AgentEvent;
import dev.agentctl.agent.Limit;
import dev.agentctl.session.Lifecycle.Step;
import dev.agentctl.session.SessionEvent.Timer;
import dev.agentctl.session.SessionState.Running;
import dev.agentctl.session.SessionState.Starting;
import dev.agentctl.session.SessionState.Stopped;
import dev.agentctl.session.SessionState.Stopping;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What the next supervisor makes of a session whose child runs.
class AdoptionTest {
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
}

package dev.agentctl.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentctl.agent.AgentEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ActivitiesTest {
    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "idle, '', idle",
        "done, '', idle",
        "error, '', idle",
        "working, '', working",
        "blocked, permission, awaiting-approval",
        "blocked, '', awaiting-approval",
        "blocked, question, awaiting-answer",
    })
    void aPrintedStateIsTakenWhereNoHookReports(String state, String kind, String word) {
        Optional<Activity> activity = Activities.after(printed(state, kind), Instant.MIN, NOW);
        assertThat(activity.map(Activity::word)).contains(word);
        assertThat(activity.orElseThrow().evidence()).isEqualTo(new Evidence("OSC 7501 " + state, NOW));
    }

    @ParameterizedTest
    @CsvSource({"clear", "''", "nonsense", "IDLE"})
    void anyOtherPrintedWordSaysNothing(String state) {
        assertThat(Activities.after(printed(state, ""), Instant.MIN, NOW)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0, false", "1, false", "1499, false", "1500, true", "60000, true"})
    void aHookOutranksWhatIsPrintedForAMomentAndAHalf(long millis, boolean counts) {
        Instant hook = NOW.minus(Duration.ofMillis(millis));
        assertThat(Activities.after(printed("idle", ""), hook, NOW).isPresent()).isEqualTo(counts);
    }

    @Test
    void aTitleSaysNothingBeforeTheAgentHasReported() {
        AgentEvent title = new AgentEvent.StatusPrinted("idle", "", "", AgentEvent.StatusPrinted.Road.TITLE);
        assertThat(Activities.isTooEarly(title, false)).isTrue();
        assertThat(Activities.isTooEarly(title, true)).isFalse();
        assertThat(Activities.isTooEarly(printed("idle", ""), false)).isFalse();
        assertThat(Activities.after(title, Instant.MIN, NOW).orElseThrow().evidence())
                .isEqualTo(new Evidence("the window's title idle", NOW));
    }

    @Test
    void hooksCountAtAnyTime() {
        assertThat(word(new AgentEvent.PromptAccepted("x"))).contains("working");
        assertThat(word(new AgentEvent.ToolBegan("Bash: ls"))).contains("working");
        assertThat(word(new AgentEvent.ToolEnded("Bash ls"))).contains("working");
        assertThat(word(new AgentEvent.ApprovalAsked("Bash: rm"))).contains("awaiting-approval");
        assertThat(word(new AgentEvent.TurnEnded("done"))).contains("idle");
        assertThat(word(new AgentEvent.TurnFailed("limit"))).contains("idle");
        assertThat(word(new AgentEvent.Interrupted())).contains("idle");
    }

    @Test
    void aConversationOrAGoodbyeIsNoActivity() {
        assertThat(word(new AgentEvent.ConversationBegan("id", Optional.of(Path.of("/t")))))
                .isEmpty();
        assertThat(word(new AgentEvent.Closing("other"))).isEmpty();
    }

    @Test
    void whatWaitsForAnAnswerIsNamed() {
        Activity activity = Activities.after(new AgentEvent.ApprovalAsked("Bash: rm -rf x"), NOW, NOW)
                .orElseThrow();
        assertThat(activity)
                .isInstanceOfSatisfying(
                        Activity.AwaitingApproval.class,
                        approval -> assertThat(approval.what()).isEqualTo("Bash: rm -rf x"));
    }

    private static Optional<String> word(AgentEvent event) {
        return Activities.after(event, NOW, NOW).map(Activity::word);
    }

    private static AgentEvent printed(String state, String kind) {
        return new AgentEvent.StatusPrinted(state, kind, "");
    }
}

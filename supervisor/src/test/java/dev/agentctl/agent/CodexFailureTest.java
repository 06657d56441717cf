package dev.agentctl.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CodexFailureTest {
    private static final String STARTED = "{\"type\":\"event_msg\",\"payload\":{\"type\":\"task_started\"}}";

    private static String complete(String error) {
        return "{\"type\":\"event_msg\",\"payload\":{\"type\":\"task_complete\",\"error\":" + error + "}}";
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{\"response_too_many_failed_attempts\":{\"http_status_code\":429}}; USAGE",
                "\"usage_limit_exceeded\"; USAGE",
                "\"unauthorized\"; LOGIN",
                "{\"response_too_many_failed_attempts\":{\"http_status_code\":500}};",
                "\"other\";",
            })
    void theKindOfErrorTellsTheLimit(String info, Limit limit) {
        String line = complete("{\"message\":\"no\",\"codex_error_info\":" + info + "}");
        assertThat(CodexFailure.read(List.of("torn\":", STARTED, line, "{\"half"), ZoneOffset.UTC))
                .contains(new AgentEvent.TurnFailed(
                        "no", Optional.ofNullable(limit), Optional.empty(), "the agent's own file"));
    }

    @Test
    void aTurnThatEndedWellOrHasNotEndedIsNoFailure() {
        String failed = complete("{\"message\":\"no\",\"codex_error_info\":\"unauthorized\"}");
        assertThat(CodexFailure.read(List.of(failed, STARTED), ZoneOffset.UTC)).isEmpty();
        assertThat(CodexFailure.read(List.of(failed, STARTED, complete("null")), ZoneOffset.UTC))
                .isEmpty();
        assertThat(CodexFailure.read(List.of(), ZoneOffset.UTC)).isEmpty();
    }

    private static String refused(String words) {
        return "{\"timestamp\":\"2026-11-26T12:26:00.091Z\","
                + complete("{\"message\":\"" + words + "\",\"codex_error_info\":\"usage_limit_exceeded\"}")
                        .substring(1);
    }

    private static String counted(double hours, double week) {
        return "{\"type\":\"event_msg\",\"payload\":{\"type\":\"token_count\",\"info\":null,\"rate_limits\":{"
                + "\"primary\":{\"used_percent\":" + hours + ",\"window_minutes\":300,\"resets_at\":1795703160},"
                + "\"secondary\":{\"used_percent\":" + week + ",\"window_minutes\":10080,\"resets_at\":1795793160},"
                + "\"credits\":null}}}";
    }

    private static Optional<Instant> end(ZoneId zone, String... lines) {
        return CodexFailure.read(List.of(lines), zone).orElseThrow().until();
    }

    @Test
    void theWindowThatIsUsedUpTellsTheEndOfTheLimit() {
        String later = refused("try again later.");
        assertThat(end(ZoneOffset.UTC, STARTED, counted(100.0, 40.0), later))
                .contains(Instant.ofEpochSecond(1_795_703_160));
        assertThat(end(ZoneOffset.UTC, STARTED, counted(100.0, 100.0), later))
                .contains(Instant.ofEpochSecond(1_795_793_160));
        assertThat(end(ZoneOffset.UTC, STARTED, counted(99.0, 40.0), later)).isEmpty();
        assertThat(end(ZoneOffset.UTC, counted(100.0, 40.0), STARTED, later)).isEmpty();
    }

    @Test
    void elseTheWordsOfTheErrorDoInTheZoneOfTheMachine() {
        assertThat(end(ZoneOffset.UTC, STARTED, refused("credits or try again at 2:26 PM.")))
                .contains(Instant.parse("2026-11-26T14:26:00Z"));
        assertThat(end(ZoneId.of("Asia/Dhaka"), STARTED, refused("credits or try again at 1:05 AM.")))
                .contains(Instant.parse("2026-11-26T19:05:00Z"));
        assertThat(end(ZoneOffset.UTC, STARTED, refused("or try again at Nov 29th, 2026 12:26 PM.")))
                .contains(Instant.parse("2026-11-29T12:26:00Z"));
        assertThat(end(ZoneOffset.UTC, STARTED, refused("or try again at Foo 30th, 2027 12:26 PM.")))
                .isEmpty();
    }
}

package dev.agentctl.agent;

import static org.assertj.core.api.Assertions.assertThat;

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
        assertThat(CodexFailure.read(List.of("torn\":", STARTED, line, "{\"half")))
                .contains(new AgentEvent.TurnFailed("no", Optional.ofNullable(limit), "the agent's own file"));
    }

    @Test
    void aTurnThatEndedWellOrHasNotEndedIsNoFailure() {
        String failed = complete("{\"message\":\"no\",\"codex_error_info\":\"unauthorized\"}");
        assertThat(CodexFailure.read(List.of(failed, STARTED))).isEmpty();
        assertThat(CodexFailure.read(List.of(failed, STARTED, complete("null"))))
                .isEmpty();
        assertThat(CodexFailure.read(List.of())).isEmpty();
    }
}

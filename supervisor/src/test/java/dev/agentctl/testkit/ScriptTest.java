package dev.agentctl.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class ScriptTest {
    @Test
    void plainWordsAskForNothing() {
        Script script = Script.of("please recall the gatekeeper's error, slowly");
        assertThat(script.calls()).isEmpty();
        assertThat(script.gates()).isEmpty();
        assertThat(script.slow()).isZero();
        assertThat(script.hang()).isZero();
        assertThat(script.error()).isEmpty();
    }

    @Test
    void callsKeepTheirOrderAndNestedJson() {
        Script script = Script.of("CALL Bash {\"command\":\"echo {}\"}END then\nCALL a/b {\"x\":{\"y\":1}}END");
        assertThat(script.calls())
                .containsExactly(
                        new Script.ScriptCall("Bash", "{\"command\":\"echo {}\"}"),
                        new Script.ScriptCall("a/b", "{\"x\":{\"y\":1}}"));
    }

    @Test
    void gatesBelongToTheAnswerTheyStandBefore() {
        Script script = Script.of("GATE one CALL Bash {}END GATE two");
        assertThat(script.gates()).containsExactly(new Script.ScriptGate(0, "one"), new Script.ScriptGate(1, "two"));
    }

    @Test
    void secondsMayHaveAFraction() {
        Script script = Script.of("SLOW 1.5 HANG 0.25");
        assertThat(script.slow()).isEqualTo(Duration.ofMillis(1500));
        assertThat(script.hang()).isEqualTo(Duration.ofMillis(250));
    }

    @Test
    void wordsInsideACallBelongToItsTool() {
        Script script = Script.of("CALL Bash {\"command\":\"echo ERR 500 HANG 9 GATE x\"}END");
        assertThat(script.error()).isEmpty();
        assertThat(script.hang()).isZero();
        assertThat(script.gates()).isEmpty();
    }
}

package dev.agentctl.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FirstReportTest {
    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "10, 5, Trust this folder?, true",
        "10, 4, Trust this folder?, false",
        "59, 0, Trust this folder?, false",
        "60, 0, Trust this folder?, true",
        "10, 10, '', false",
        "60, 60, '', true",
    })
    void onlyAStillScreenOrALongTimeCallsForAPerson(int start, int quiet, String screen, boolean missed) {
        assertThat(FirstReport.isMissed(Duration.ofSeconds(start), Duration.ofSeconds(quiet), screen))
                .isEqualTo(missed);
    }

    @Test
    void theEvidenceIsTheLastLineWithWords() {
        String screen = "╭────────╮\n│ Trust this folder?  │\n│ ❯ No   exit │\n╰────────╯\n ❯\n\n";
        assertThat(FirstReport.evidence(screen, NOW))
                .isEqualTo(new Evidence("no hook yet; its screen shows \"❯ No exit\"", NOW));
    }

    @Test
    void aLongLineIsCutAndAnEmptyScreenSaidToBeSo() {
        assertThat(FirstReport.evidence("x".repeat(500), NOW).source()).hasSizeLessThan(140);
        assertThat(FirstReport.evidence("\n ─── \n", NOW).source()).contains("empty");
    }
}

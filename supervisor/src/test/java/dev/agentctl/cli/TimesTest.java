package dev.agentctl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class TimesTest {
    @Test
    void aTimeIsUtcByTheSecond() {
        Instant time = Instant.parse("2026-02-03T04:05:00.999Z");
        assertThat(Times.utc(time.toEpochMilli())).isEqualTo("2026-02-03T04:05:00Z");
    }

    @Test
    void anAgeIsItsLargestUnits() {
        assertThat(Times.ago(0, 59_999)).isEqualTo("59s");
        assertThat(Times.ago(0, 60_000)).isEqualTo("1m");
        assertThat(Times.ago(0, 3_600_000 + 5 * 60_000)).isEqualTo("1h05m");
        assertThat(Times.ago(0, 50L * 3_600_000)).isEqualTo("2d");
    }

    @Test
    void aClockThatWentBackIsNoAge() {
        assertThat(Times.ago(5_000, 0)).isEqualTo("0s");
    }
}

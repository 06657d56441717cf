package dev.agentctl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZonedDateTime;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MomentTest {
    private static final ZonedDateTime NOW = ZonedDateTime.parse("2026-11-26T10:00:00+01:00[Europe/Berlin]");

    @ParameterizedTest
    @CsvSource({
        "30s,                       2026-11-26T08:59:30Z",
        "10m,                       2026-11-26T08:50:00Z",
        "2h,                        2026-11-26T07:00:00Z",
        "3d,                        2026-11-23T09:00:00Z",
        "09:30,                     2026-11-26T08:30:00Z",
        "09:30:05,                  2026-11-26T08:30:05Z",
        "11:00,                     2026-11-25T10:00:00Z",
        "2026-11-01,                2026-10-31T23:00:00Z",
        "2026-11-01 12:00,          2026-11-01T11:00:00Z",
        "2026-11-01T12:00:00Z,      2026-11-01T12:00:00Z",
        "2026-11-01T12:00+05:00,    2026-11-01T07:00:00Z"
    })
    void peopleWriteTimesInManyWays(String text, Instant meant) {
        assertThat(Moment.parse(text, NOW)).contains(meant);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "10", "25:00", "2026-13-01", "10 parsecs"})
    void whatIsNoTimeIsNone(String text) {
        assertThat(Moment.parse(text, NOW)).isEmpty();
    }
}

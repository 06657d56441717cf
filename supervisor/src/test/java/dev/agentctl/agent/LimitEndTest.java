package dev.agentctl.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LimitEndTest {
    private static final Instant NOW = Instant.parse("2030-01-30T10:00:00Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "Claude AI usage limit reached|1896000000; 2030-01-30T10:40:00Z",
                "You've hit your limit · resets 1:30pm (UTC); 2030-01-30T13:30:00Z",
                "You've hit your limit · resets 4pm (Asia/Kuala_Lumpur); 2030-01-31T08:00:00Z",
                "5-hour limit reached ∙ resets 2am (Etc/GMT+5); 2030-01-31T07:00:00Z",
                "Your limit will reset at 10am (UTC); 2030-01-30T10:00:00Z",
                "You've hit your limit · resets Feb 16, 11am (Europe/Berlin); 2030-02-16T10:00:00Z",
                "You've hit your limit · resets Jan 2, 11am (UTC); 2031-01-02T11:00:00Z",
            })
    void aToldEndIsRead(String words, String end) {
        assertThat(LimitEnd.read(words, NOW)).contains(Instant.parse(end));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "API Error: Request rejected (429)",
                "resets soon",
                "resets 3pm (Nowhere/Land)",
                "resets 99pm (UTC)",
                "resets 3pm",
                "x|12345"
            })
    void anyOtherWordsTellNoEnd(String words) {
        assertThat(LimitEnd.read(words, NOW)).isEmpty();
    }

    @Test
    void aTimeThatHasJustPassedIsMeant() {
        assertThat(LimitEnd.read("resets 9:58am (UTC)", NOW)).contains(Instant.parse("2030-01-30T09:58:00Z"));
    }
}

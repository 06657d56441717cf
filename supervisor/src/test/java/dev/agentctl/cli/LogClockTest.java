package dev.agentctl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentctl.host.LogTime;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class LogClockTest {
    private static final long NOW = 9_000;
    private final LogClock clock = new LogClock(
            List.of(new LogTime(0, 1_000), new LogTime(50, 3_000), new LogTime(100, 5_000)), 100, () -> NOW);

    @Test
    void aByteHasTheTimeOfTheNewestEntryBeforeIt() {
        assertThat(clock.at(49)).hasValue(1_000);
        assertThat(clock.at(50)).hasValue(3_000);
        assertThat(clock.at(100)).as("comes after the times were asked for").hasValue(NOW);
    }

    @Test
    void anEndThatIsNotedHasItsTimeHoweverLateOneAsks() {
        assertThat(clock.endAt(100, false)).hasValue(5_000);
        assertThat(clock.endAt(100, true)).hasValue(5_000);
    }

    @Test
    void anEndWithinASecondOfTheLastByteHasThatBytesTime() {
        LogClock brief = new LogClock(List.of(new LogTime(0, 1_000)), 80, () -> NOW);
        assertThat(brief.endAt(80, false)).hasValue(1_000);
        assertThat(brief.endAt(80, true)).as("it may come just now").hasValue(NOW);
        assertThat(new LogClock(List.of(), 0, () -> NOW).endAt(0, true)).hasValue(NOW);
    }

    @Test
    void whatTheLogDoesNotKnowIsNotSaid() {
        assertThat(new LogClock(List.of(), 80, () -> NOW).endAt(80, false)).isEqualTo(OptionalLong.empty());
    }
}

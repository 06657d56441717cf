package dev.agentctl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LagTest {
    private final Lag lag = new Lag(0);

    private boolean shown(int kilobytes, long atMillis) {
        return lag.shown(kilobytes << 10, TimeUnit.MILLISECONDS.toNanos(atMillis));
    }

    @Test
    void nobodyLooksWhileLittleIsShown() {
        assertThat(shown(63, 60_000)).isFalse();
        assertThat(shown(1, 60_001)).isTrue();
        assertThat(shown(500, 60_200)).as("just looked").isFalse();
    }

    @Test
    void aSlowTerminalBearsLessThanAFastOne() {
        assertThat(shown(64, 1_000)).isTrue();
        assertThat(lag.isTooMuch(256 << 10)).isFalse();
        assertThat(lag.isTooMuch((256 << 10) + 1)).isTrue();
        assertThat(shown(512, 2_000)).isTrue();
        assertThat(lag.isTooMuch(500 << 10)).isFalse();
        assertThat(shown(16 << 10, 3_000)).isTrue();
        assertThat(lag.isTooMuch(1 << 20)).isFalse();
        assertThat(lag.isTooMuch((1 << 20) + 1)).isTrue();
    }
}

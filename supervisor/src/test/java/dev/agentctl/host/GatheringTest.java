package dev.agentctl.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class GatheringTest {
    private final Gathering gathering = new Gathering();
    private long now = TimeUnit.DAYS.toNanos(1);

    /// The pause after so many bytes, so many microseconds after the last ones.
    private long after(int bytes, long micros) {
        now += TimeUnit.MICROSECONDS.toNanos(micros);
        gathering.came(bytes, now);
        return TimeUnit.NANOSECONDS.toMicros(gathering.pause(now));
    }

    @Test
    void echoesOfKeysAndScreensDrawnAnewAreNotHeldUp() {
        assertThat(after(15 << 10, 0)).as("a screen").isZero();
        for (int i = 0; i < 1_000; i++) {
            assertThat(after(40, 100)).as("the echo of key %d", i).isZero();
        }
        for (int i = 0; i < 100; i++) {
            assertThat(after(8 << 10, 10_000)).as("screen %d", i).isZero();
        }
    }

    @Test
    void aSlowFloodGathersLongerAndAFastOneIsReadSooner() {
        long pause = after(20 << 10, 1_000);
        for (int i = 0; i < 20; i++) {
            // 2 MB/s
            pause = after((int) (2 * pause), pause);
        }
        assertThat(pause).isEqualTo(4_000);
        assertThat(after(24 << 10, 4_000)).as("enough").isEqualTo(4_000);
        for (int i = 0; i < 20; i++) {
            after(64 << 10, 2_000);
        }
        assertThat(after(64 << 10, 1_000)).isEqualTo(250);
    }

    @Test
    void aPauseThatBringsNoMoreIsTakenBackAndTriedAgainLater() {
        long pause = after(20 << 10, 1_000);
        int longest = 0;
        for (int i = 0; i < 1_000; i++) {
            // 4 MB/s, of which the kernel keeps 8 KB
            pause = after((int) Math.min(4 * pause, 8_000), pause);
            longest += pause > 2_000 ? 1 : 0;
        }
        assertThat(pause).isEqualTo(2_000);
        assertThat(longest).isBetween(5, 30);
    }

    @Test
    void afterAFloodNothingIsHeldUp() {
        for (int i = 0; i < 20; i++) {
            after(16 << 10, 1_000);
        }
        assertThat(after(1, 20_000)).isZero();
    }
}

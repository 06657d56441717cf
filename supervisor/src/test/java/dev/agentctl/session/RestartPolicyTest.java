package dev.agentctl.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentctl.project.RestartMode;
import dev.agentctl.session.RestartPolicy.Decision;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RestartPolicyTest {
    private static final Instant START = Instant.parse("2030-01-01T00:00:00Z");
    private static final Duration SHORT = Duration.ofSeconds(3);
    private static final Duration HEALTHY = Duration.ofSeconds(60);

    /// Crashes of one session, each after a run of some length.
    private static final class Crashes {
        private final double random;
        private Instant now = START;
        private Failures failures = Failures.NONE;
        private final List<Duration> delays = new ArrayList<>();

        Crashes(double random) {
            this.random = random;
        }

        /// The decision after a run, whose delay passes at once.
        Decision after(Duration ran) {
            now = now.plus(ran);
            Decision decision = RestartPolicy.after(1, ran, RestartMode.ON_FAILURE, failures, now, random);
            if (decision instanceof Decision.Again(Duration delay, Failures next)) {
                failures = next;
                delays.add(delay);
                now = now.plus(delay);
            }
            return decision;
        }
    }

    @Test
    void delaysBeginAtOneSecondAndDouble() {
        Crashes crashes = new Crashes(0);
        for (int i = 0; i < 4; i++) {
            crashes.after(SHORT);
        }
        assertThat(crashes.delays)
                .containsExactly(
                        Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4), Duration.ofSeconds(8));
    }

    @Test
    void theFifthCrashInTenMinutesGivesUp() {
        Crashes crashes = new Crashes(0);
        for (int i = 0; i < 4; i++) {
            assertThat(crashes.after(SHORT)).isInstanceOf(Decision.Again.class);
        }
        assertThat(crashes.after(SHORT)).isEqualTo(new Decision.GiveUp("5 crashes in ten minutes"));
    }

    @ParameterizedTest
    @ValueSource(longs = {-86_400, -3_600, -1, 3_600, 86_400})
    void aClockThatIsTurnedNeitherGivesUpTooEarlyNorNever(long seconds) {
        Crashes crashes = new Crashes(0);
        for (int i = 0; i < 4; i++) {
            crashes.after(SHORT);
        }
        crashes.now = crashes.now.plusSeconds(seconds);
        int more = 0;
        while (crashes.after(SHORT) instanceof Decision.Again) {
            more++;
        }
        assertThat(more).isBetween(seconds == -1 ? 0 : 3, 4);
        assertThat(crashes.delays).allMatch(delay -> delay.compareTo(Duration.ofMinutes(5)) <= 0);
    }

    @Test
    void aHealthyRunRestartsAtOnceAndThenFromOneSecond() {
        Crashes crashes = new Crashes(0);
        crashes.after(HEALTHY);
        crashes.after(SHORT);
        crashes.after(SHORT);
        assertThat(crashes.delays).containsExactly(Duration.ZERO, Duration.ofSeconds(1), Duration.ofSeconds(2));
    }

    @Test
    void aRunOfFiftyNineSecondsIsNotHealthy() {
        Crashes crashes = new Crashes(0);
        crashes.after(Duration.ofSeconds(59));
        assertThat(crashes.delays).containsExactly(Duration.ofSeconds(1));
    }

    @Test
    void delaysEndAtFiveMinutes() {
        Crashes crashes = new Crashes(0);
        // apart enough for the short window, too short for a run to be healthy after such delays
        for (int i = 0; i < 19; i++) {
            crashes.failures = new Failures(List.of(), i, crashes.failures.lastDelay());
            crashes.after(SHORT);
        }
        assertThat(crashes.delays.getLast()).isEqualTo(Duration.ofMinutes(5));
        assertThat(crashes.delays).isSorted().allMatch(delay -> delay.compareTo(Duration.ofMinutes(5)) <= 0);
    }

    @Test
    void aRunShorterThanTheLastDelayIsNotHealthy() {
        Failures many = new Failures(List.of(), 8, Duration.ofMinutes(4));
        Decision decision =
                RestartPolicy.after(1, Duration.ofMinutes(2), RestartMode.ON_FAILURE, many, START.plusSeconds(120), 0);
        assertThat(decision)
                .isInstanceOfSatisfying(
                        Decision.Again.class, again -> assertThat(again.delay()).isEqualTo(Duration.ofMinutes(5)));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.25, 0.5, 0.999})
    void jitterAddsUpToAQuarter(double random) {
        Crashes crashes = new Crashes(random);
        for (int i = 0; i < 4; i++) {
            crashes.after(SHORT);
        }
        for (int i = 0; i < 4; i++) {
            long base = 1_000L << i;
            assertThat(crashes.delays.get(i).toMillis()).isBetween(base, base + base / 4);
        }
    }

    @Test
    void anAgentThatRunsThreeMinutesAndCrashesForEverIsStopped() {
        Crashes crashes = new Crashes(0.5);
        int crashed = 1;
        while (crashes.after(Duration.ofMinutes(3)) instanceof Decision.Again) {
            crashed++;
            assertThat(crashed).isLessThanOrEqualTo(20);
        }
        assertThat(crashed).isEqualTo(20);
        assertThat(Duration.between(START, crashes.now)).isLessThan(Duration.ofHours(6));
    }

    @Test
    void aCrashEveryHourGoesOn() {
        Crashes crashes = new Crashes(0);
        for (int i = 0; i < 100; i++) {
            assertThat(crashes.after(Duration.ofHours(1))).isInstanceOf(Decision.Again.class);
        }
        assertThat(crashes.failures.at()).hasSizeLessThan(10);
    }

    @ParameterizedTest
    @ValueSource(ints = {126, 127, 78})
    void whatNoRestartMendsFailsAtOnce(int status) {
        for (RestartMode mode : List.of(RestartMode.ON_FAILURE, RestartMode.ALWAYS, RestartMode.UNLESS_STOPPED)) {
            assertThat(RestartPolicy.after(status, HEALTHY, mode, Failures.NONE, START, 0))
                    .isInstanceOf(Decision.GiveUp.class);
        }
    }

    @Test
    void exitZeroIsFinishedOnlyWhereFailuresAreRestarted() {
        assertThat(decision(0, RestartMode.ON_FAILURE)).isEqualTo(new Decision.Finished());
        assertThat(decision(0, RestartMode.ALWAYS)).isInstanceOf(Decision.Again.class);
        assertThat(decision(0, RestartMode.UNLESS_STOPPED)).isInstanceOf(Decision.Again.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 127, 137})
    void withoutRestartEverythingIsFinished(int status) {
        assertThat(decision(status, RestartMode.NO)).isEqualTo(new Decision.Finished());
    }

    @ParameterizedTest
    @EnumSource(value = RestartMode.class, names = "NO", mode = EnumSource.Mode.EXCLUDE)
    void aCrashIsRestarted(RestartMode mode) {
        assertThat(decision(1, mode)).isInstanceOf(Decision.Again.class);
        assertThat(decision(137, mode)).isInstanceOf(Decision.Again.class);
    }

    private static Decision decision(int status, RestartMode mode) {
        return RestartPolicy.after(status, SHORT, mode, Failures.NONE, START, 0);
    }
}

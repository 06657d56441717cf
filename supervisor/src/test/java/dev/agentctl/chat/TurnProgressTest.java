package dev.agentctl.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentctl.project.Verbosity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What is shown of a turn, with a clock that the test moves.
final class TurnProgressTest {
    private final ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor();
    private final List<Outgoing.Live> shown = new ArrayList<>();
    private Verbosity verbosity = Verbosity.STEPS;
    private Instant now = Instant.parse("2026-03-01T10:00:00Z");
    private final TurnProgress progress = new TurnProgress(
            new Post() {
                @Override
                public void send(Outgoing outgoing) {
                    shown.add((Outgoing.Live) outgoing);
                }

                @Override
                public void sendOnce(String key, Outgoing outgoing) {
                    send(outgoing);
                }
            },
            _ -> verbosity,
            timers,
            () -> now);

    @AfterEach
    void close() {
        timers.shutdownNow();
    }

    @Test
    void aTurnIsOneMessageWithItsTimeItsStepsAndTheLatestOfThem() {
        progress.began("a");
        now = now.plusSeconds(72);
        progress.step("a", "Bash: npm test");
        now = now.plusSeconds(5);
        progress.step("a", "Edit: `src/x`\n.java");
        progress.ended("a", "✔");
        assertThat(shown)
                .extracting(Outgoing.Live::markdown)
                .containsExactly(
                        "⏳ 1 min, 1 step\n\n- `Bash: npm test`",
                        "⏳ 1 min, 2 steps\n\n- `Bash: npm test`\n- `Edit: 'src/x' .java`",
                        "✔ 1 min, 2 steps");
        assertThat(shown)
                .extracting(Outgoing.Live::name)
                .containsOnly(shown.getFirst().name());
    }

    @Test
    void aProjectMayWantLessOfIt() {
        verbosity = Verbosity.OFF;
        progress.began("a");
        progress.step("a", "Bash: npm test");
        progress.ended("a", "✔");
        assertThat(shown).isEmpty();
        verbosity = Verbosity.TIME;
        progress.began("a");
        progress.step("a", "Bash: npm test");
        progress.ended("a", "✔");
        assertThat(shown).extracting(Outgoing.Live::markdown).containsExactly("⏳ 0 s, 1 step", "✔ 0 s, 1 step");
    }

    @Test
    void anInterruptedTurnDoesNotGoOnForEver() {
        progress.began("a");
        progress.step("a", "Bash: sleep");
        progress.began("a");
        assertThat(shown.getLast().markdown()).isEqualTo("⏸ 0 s, 1 step");
    }

    @Test
    void stepsInARowAreShownAtMostEveryThreeSeconds() {
        progress.began("a");
        for (int i = 0; i < 100; i++) {
            progress.step("a", "Read: " + i);
            now = now.plusMillis(100);
        }
        assertThat(shown.size()).isBetween(3, 5);
    }

    @Test
    void aTurnWithoutToolsShowsNothingAndTurnsDoNotShareAMessage() {
        progress.began("a");
        progress.ended("a", "✔");
        assertThat(shown).isEmpty();
        progress.began("a");
        progress.step("a", "one");
        progress.ended("a", "✔");
        now = now.plusSeconds(1);
        progress.began("a");
        progress.step("a", "two");
        assertThat(shown)
                .extracting(Outgoing.Live::name)
                .doesNotContainNull()
                .satisfies(names -> assertThat(names.getFirst()).isNotEqualTo(names.getLast()));
    }
}

package dev.agentctl.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.agentctl.recording.Recording;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Hostile output: nothing may throw, memory stays bounded, and copies and chunks make no difference. A failure tells
/// its seed and its shortest input.
///
/// The system property `agentctl.fuzz.seconds` sets the time, 30 seconds by default; see [FuzzSeed].
final class TerminalFuzzTest {
    private static void feed(Terminal terminal, String text) {
        byte[] bytes = text.getBytes(UTF_8);
        terminal.feed(bytes, 0, bytes.length);
    }

    @Test
    void noOutputThrowsOrGrowsOrConfuses() throws IOException {
        List<byte[]> recordings =
                Recording.all().stream().map(Recording::output).toList();
        long start = System.nanoTime();
        long time = Long.getLong("agentctl.fuzz.seconds", 30) * 1_000_000_000L;
        long seed = FuzzSeed.first();
        do {
            List<FuzzStep> steps = new HostileInput(seed, recordings).steps();
            Optional<Throwable> failure = failure(steps);
            if (failure.isPresent()) {
                throw report(seed, steps, failure.get());
            }
            seed++;
        } while (System.nanoTime() - start < time);
    }

    private static Optional<Throwable> failure(List<FuzzStep> steps) {
        try {
            FuzzRun.of(steps);
            return Optional.empty();
        } catch (RuntimeException | AssertionError failure) {
            return Optional.of(failure);
        }
    }

    private static AssertionError report(long seed, List<FuzzStep> steps, Throwable failure) {
        List<FuzzStep> shortest =
                ShortestFailure.of(steps, fewer -> failure(fewer).isPresent());
        StringBuilder text = new StringBuilder("seed " + seed + ", shortest failing input:\n");
        for (FuzzStep step : shortest) {
            String line = step.toString();
            text.append("  ").append(line, 0, Math.min(line.length(), 2_000)).append('\n');
        }
        return new AssertionError(text.toString(), failure(shortest).orElse(failure));
    }

    @Test
    void theShortestFailureIsFound() {
        List<FuzzStep> steps = new ArrayList<>(List.of(new FuzzStep.Look(), new FuzzStep.Resize(1, 1)));
        steps.add(new FuzzStep.Feed("some output with an ! in it".getBytes(UTF_8)));
        List<FuzzStep> shortest = ShortestFailure.of(
                steps,
                fewer -> fewer.stream()
                        .anyMatch(step ->
                                step instanceof FuzzStep.Feed(byte[] bytes) && new String(bytes, UTF_8).contains("!")));
        assertThat(shortest).hasToString("[feed \"!\"]");
    }

    @Test
    void giantParametersAreClamped() {
        Terminal terminal = new Terminal(80, 24, 100, _ -> {});
        for (char last = '@'; last < 0x7F; last++) {
            for (String prefix : new String[] {"", "?", ">", "=", "<"}) {
                feed(terminal, "x\u001b[" + prefix + "99999999999999999999;99999999999999999999" + last);
                feed(terminal, "x\u001b[" + prefix + "1;".repeat(1000) + last);
            }
        }
        assertThat(terminal.screen().lines()).hasSize(24);
    }

    @Test
    void endlessStringsAndDecorationsStayBounded() {
        Terminal terminal = new Terminal(80, 24, 1000, _ -> {});
        String junk = "x".repeat(1 << 16);
        for (String opening : new String[] {"\u001b]0;", "\u001bP$q", "\u001b_", "\u001b]8;;http://"}) {
            feed(terminal, opening);
            for (int i = 0; i < 64; i++) {
                feed(terminal, junk);
            }
            assertThat(terminal.redraw(0).length).isLessThan(200_000);
            feed(terminal, "\u0018");
        }
        String link = "y".repeat(2000);
        for (int i = 0; i < 20_000; i++) {
            feed(terminal, "\u001b]8;;http://" + i + link + "\u0007abc" + "\u0301".repeat(50) + "\r\n");
        }
        // 2 million characters of decorations are kept at most, besides the text.
        assertThat(terminal.redraw(1000).length).isLessThan(4_000_000);
    }

    @Test
    void sizesOutOfBoundsAreTakenToTheNearest() {
        Terminal terminal = new Terminal(-5, 0, -1, _ -> {});
        assertThat(terminal.columns()).isEqualTo(2);
        assertThat(terminal.rows()).isEqualTo(1);
        terminal.resize(Integer.MAX_VALUE, Integer.MAX_VALUE);
        assertThat(terminal.columns()).isEqualTo(1000);
        assertThat(terminal.rows()).isEqualTo(1000);
    }
}

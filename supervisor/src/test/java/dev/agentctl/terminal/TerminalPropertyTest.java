package dev.agentctl.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Properties that must hold for every output: each test tries seeds until its time is over. The system property
/// `agentctl.fuzz.seconds` sets the time of each, 1 second by default; a failure names its seed.
final class TerminalPropertyTest {
    private static final int ROWS = 9;

    private static boolean goesOn(long start) {
        return System.nanoTime() - start < Long.getLong("agentctl.fuzz.seconds", 1) * 1_000_000_000L;
    }

    private static Terminal terminal(int columns) {
        return new Terminal(columns, ROWS, 30, _ -> {});
    }

    private static void feed(Terminal terminal, byte[] bytes, int from, int to) {
        terminal.feed(bytes, from, to - from);
    }

    @Test
    void anyChunkingGivesTheSameState() {
        long start = System.nanoTime();
        for (long seed = 0; goesOn(start); seed++) {
            RandomOutput output = new RandomOutput(seed);
            byte[] bytes = output.bytes(300);
            Terminal whole = terminal(21);
            feed(whole, bytes, 0, bytes.length);
            Terminal single = terminal(21);
            Terminal chunked = terminal(21);
            for (int i = 0; i < bytes.length; i++) {
                feed(single, bytes, i, i + 1);
            }
            feedInChunks(chunked, bytes, output.random());
            assertThat(TerminalDescription.of(single))
                    .as("seed %d, byte by byte", seed)
                    .isEqualTo(TerminalDescription.of(whole));
            assertThat(TerminalDescription.of(chunked))
                    .as("seed %d, in chunks", seed)
                    .isEqualTo(TerminalDescription.of(whole));
            assertThat(single.drainReplies()).as("seed %d", seed).isEqualTo(whole.drainReplies());
        }
    }

    private static void feedInChunks(Terminal terminal, byte[] bytes, Random random) {
        int at = 0;
        while (at < bytes.length) {
            int end = Math.min(bytes.length, at + 1 + random.nextInt(12));
            feed(terminal, bytes, at, end);
            at = end;
        }
    }

    @Test
    void aRedrawnTerminalGoesOnLikeTheOriginal() {
        long start = System.nanoTime();
        for (long seed = 0; goesOn(start); seed++) {
            RandomOutput output = new RandomOutput(seed);
            byte[] bytes = output.bytes(200);
            int columns = 2 + output.random().nextInt(25);
            int cut = output.random().nextInt(bytes.length + 1);
            Terminal original = terminal(columns);
            feedWithResizes(List.of(original), bytes, 0, cut, new Random(seed));
            if (!original.hasExactRedraw()) {
                continue;
            }
            Terminal copy = new Terminal(original.columns(), original.rows(), 30, _ -> {});
            byte[] redraw = original.redraw(100);
            feed(copy, redraw, 0, redraw.length);
            assertThat(TerminalDescription.of(copy))
                    .as("seed %d, at the cut", seed)
                    .isEqualTo(TerminalDescription.of(original));
            feedWithResizes(List.of(original, copy), bytes, cut, bytes.length, new Random(seed));
            assertThat(TerminalDescription.of(copy))
                    .as("seed %d, at the end", seed)
                    .isEqualTo(TerminalDescription.of(original));
        }
    }

    /// Every other stream has its terminals resized now and then.
    private static void feedWithResizes(List<Terminal> terminals, byte[] bytes, int from, int to, Random random) {
        boolean steady = random.nextBoolean();
        int at = from;
        while (at < to) {
            int end = steady ? to : Math.min(to, at + 1 + random.nextInt(400));
            int columns = 2 + random.nextInt(25);
            int rows = 1 + random.nextInt(12);
            for (Terminal terminal : terminals) {
                feed(terminal, bytes, at, end);
                if (!steady) {
                    terminal.resize(columns, rows);
                }
            }
            at = end;
        }
    }
}

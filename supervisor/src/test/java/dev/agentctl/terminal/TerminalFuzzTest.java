package dev.agentctl.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/// Hostile output: nothing may throw, and memory stays bounded. The system property `agentctl.fuzz.seconds` sets the
/// time, 1 second by default; a failure names its seed.
final class TerminalFuzzTest {
    private static void feed(Terminal terminal, String text) {
        byte[] bytes = text.getBytes(UTF_8);
        terminal.feed(bytes, 0, bytes.length);
    }

    @Test
    void noByteSequenceThrows() {
        long start = System.nanoTime();
        long seconds = Long.getLong("agentctl.fuzz.seconds", 1);
        for (long seed = 0; System.nanoTime() - start < seconds * 1_000_000_000L; seed++) {
            try {
                attack(seed);
            } catch (RuntimeException | AssertionError failure) {
                throw new AssertionError("seed " + seed, failure);
            }
        }
    }

    private static void attack(long seed) {
        RandomOutput output = new RandomOutput(seed);
        Random random = output.random();
        Terminal terminal = new Terminal(random.nextInt(40), random.nextInt(20), random.nextInt(50), _ -> {});
        QueryFilter filter = new QueryFilter();
        for (int round = 0; round < 6; round++) {
            byte[] bytes = output.bytes(60);
            mutate(bytes, random);
            terminal.feed(bytes, 0, bytes.length);
            filter.filter(bytes, 0, bytes.length);
            terminal.resize(random.nextInt(60) - 2, random.nextInt(30) - 2);
            Screen screen = terminal.screen();
            assertThat(screen.lines()).hasSize(terminal.rows());
            assertThat(screen.ansi()).isNotNull();
            assertThat(terminal.historyText(10)).hasSizeLessThanOrEqualTo(10);
            rebuild(terminal);
        }
    }

    private static void mutate(byte[] bytes, Random random) {
        for (int i = random.nextInt(20); i < bytes.length; i += 1 + random.nextInt(60)) {
            bytes[i] = (byte) random.nextInt(256);
        }
    }

    private static void rebuild(Terminal terminal) {
        byte[] redraw = terminal.redraw(Integer.MAX_VALUE);
        Terminal copy = new Terminal(terminal.columns(), terminal.rows(), 50, _ -> {});
        copy.feed(redraw, 0, redraw.length);
        assertThat(copy.screen().text()).isEqualTo(terminal.screen().text());
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

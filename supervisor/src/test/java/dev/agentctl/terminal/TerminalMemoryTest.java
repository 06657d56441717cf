package dev.agentctl.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What output costs in memory, by what the feeding thread allocates.
final class TerminalMemoryTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static long allocatedBy(Terminal terminal, byte[] bytes) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        terminal.feed(bytes, 0, bytes.length);
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "y\r\n",
                "a log line of some length\r\nand another one that is a little longer\r\n",
                "\u001b[31mred\u001b[38;2;1;2;3mmore\u001b[m\r\n",
                "漢字漢字\r\n",
                "\u001b[?2026h\u001b[3;1H\u001b[1mword\u001b[m some text\u001b[K\u001b[5;9Hx\u001b[?2026l"
            })
    void aSteadyFloodAllocatesNothing(String output) {
        Terminal terminal = new Terminal(120, 40, 1000, _ -> {});
        byte[] flood = output.repeat(20_000).getBytes(UTF_8);
        allocatedBy(terminal, flood);
        assertThat(allocatedBy(terminal, flood)).isLessThan(4096);
    }

    @ParameterizedTest
    @CsvSource({"x, 120, 3", "x, 20, 2", "漢, 60, 17"})
    void tenThousandLinesOfHistoryFit(String character, int times, int megabytes) {
        Terminal terminal = new Terminal(120, 40, 10_000, _ -> {});
        byte[] lines = (character.repeat(times) + "\r\n").repeat(12_000).getBytes(UTF_8);
        assertThat(allocatedBy(terminal, lines)).isLessThan(megabytes * 1_000_000L);
    }

    @Test
    void coloursOfEveryCellFitToo() {
        Terminal terminal = new Terminal(120, 40, 10_000, _ -> {});
        byte[] lines =
                ("\u001b[31mx\u001b[32m漢".repeat(40) + "\r\n").repeat(12_000).getBytes(UTF_8);
        assertThat(allocatedBy(terminal, lines)).isLessThan(17_000_000);
    }
}

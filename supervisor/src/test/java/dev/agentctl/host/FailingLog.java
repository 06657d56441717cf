package dev.agentctl.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentctl.testkit.FailingCalls;
import dev.agentctl.testkit.FaultSweep;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

/// Writes a session's log, with its rotation, while the n-th call on files fails. Every byte is there afterwards, in
/// its place, or counted as lost; and what the next host finds can be read.
final class FailingLog {
    private static final LogLimits LIMITS = new LogLimits(
            16 << 10,
            1 << 20,
            16 << 10,
            256 << 10,
            1 << 20,
            Duration.ofDays(1),
            Duration.ofDays(30),
            Duration.ofSeconds(30));
    private static final int PIECE = 4 << 10;
    private static final int PIECES = 20;

    private FailingLog() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        FaultSweep.play(arguments, FailingLog::play);
        System.exit(0);
    }

    private static long play(FailingCalls faults, long n, boolean lasting, Path folder)
            throws IOException, InterruptedException {
        FaultSweep.arm(faults, n, lasting, folder);
        LogStore store = new LogStore(LIMITS, InstantSource.system());
        ByteLog log = store.open(folder);
        log.mark(new Mark.Started(1, 7));
        for (int i = 0; i < PIECES; i++) {
            append(log);
            awaitWritten(log);
        }
        long reached = faults.calls();
        faults.disarm(folder);
        append(log);
        awaitWritten(log);
        assertThat(missing(log, n))
                .as("call %d: a gap that is not counted", n)
                .isLessThanOrEqualTo(log.losses().bytes());
        log.close();
        store.close();
        LogStore next = new LogStore(LIMITS, InstantSource.system());
        ByteLog again = next.open(folder);
        append(again);
        var _ = missing(again, n);
        again.close();
        next.close();
        return reached;
    }

    private static void append(ByteLog log) {
        byte[] piece = new byte[PIECE];
        long from = log.end();
        for (int i = 0; i < PIECE; i++) {
            piece[i] = at(from + i);
        }
        log.append(piece, PIECE);
    }

    private static byte at(long offset) {
        return (byte) ('a' + (offset * 31 + offset / 251) % 26);
    }

    /// Until it is on disk or is given up.
    private static void awaitWritten(ByteLog log) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(50);
        while (log.spool().end() < log.end() && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(1);
        }
    }

    /// Reads all of it.
    ///
    /// @return how many bytes are gaps
    private static long missing(ByteLog log, long n) throws InterruptedException {
        LogCursor cursor = log.cursor(0, -1);
        long counted = 0;
        long missing = 0;
        for (LogItem item = log.next(cursor, false, false); ; item = log.next(cursor, false, false)) {
            switch (item) {
                case LogItem.Bytes(long offset, byte[] bytes) -> {
                    assertThat(offset).as("call %d", n).isEqualTo(counted);
                    for (int i = 0; i < bytes.length; i++) {
                        if (bytes[i] != at(offset + i)) {
                            throw new AssertionError("call " + n + ": another byte at " + (offset + i));
                        }
                    }
                    counted += bytes.length;
                }
                case LogItem.Gap(long from, long to) -> {
                    assertThat(from).as("call %d", n).isEqualTo(counted);
                    counted = to;
                    missing += to - from;
                }
                case LogItem.Marked _ -> {}
                case LogItem.End(long end) -> {
                    assertThat(counted).as("call %d", n).isEqualTo(end);
                    return missing;
                }
            }
        }
    }
}

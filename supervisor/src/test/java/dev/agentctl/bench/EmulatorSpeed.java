package dev.agentctl.bench;

import dev.agentctl.terminal.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// How many megabytes a second the emulator takes with nothing around it: one thread, a screen with the history that a
/// session's has, pieces as long as the supervisor reads at most. The peers' emulators cannot be had without theirs.
final class EmulatorSpeed {
    private static final int HISTORY_LINES = 2_000;
    private static final int PIECE = 64 << 10;
    private static final double TARGET = 100;

    private EmulatorSpeed() {}

    /// One result for each kind; the recorded agents have the target.
    static List<Result> of(List<OutputKind> kinds, int rounds) throws IOException {
        for (OutputKind kind : kinds) {
            // what is compiled while it runs is compiled by then
            speeds(printed(kind), 2);
        }
        List<Result> results = new ArrayList<>();
        for (OutputKind kind : kinds) {
            double speed = speeds(printed(kind), rounds).median();
            String what = "emulator alone, " + kind.name() + ", MB/s";
            String shown = String.format(Locale.ROOT, "%.0f", speed);
            results.add(
                    kind.name().equals(SampleOutput.RECORDED)
                            ? Result.atLeast(what, "-", shown, speed, TARGET, "MB/s")
                            : Result.plain(what, "-", shown));
        }
        return results;
    }

    private static Samples speeds(byte[] bytes, int rounds) {
        Samples speeds = new Samples();
        Terminal terminal = new Terminal(Seat.COLUMNS, Seat.ROWS, HISTORY_LINES, _ -> {});
        for (int round = 0; round < rounds; round++) {
            long begun = System.nanoTime();
            for (int at = 0; at < bytes.length; at += PIECE) {
                terminal.feed(bytes, at, Math.min(PIECE, bytes.length - at));
            }
            speeds.add(bytes.length * 1e3 / (System.nanoTime() - begun));
        }
        return speeds;
    }

    /// As a terminal's driver passes it on: with a carriage return before each line feed.
    private static byte[] printed(OutputKind kind) throws IOException {
        byte[] bytes = Files.readAllBytes(kind.file());
        ByteArrayOutputStream printed = new ByteArrayOutputStream(bytes.length + bytes.length / 50);
        for (byte b : bytes) {
            if (b == '\n') {
                printed.write('\r');
            }
            printed.write(b);
        }
        return printed.toByteArray();
    }
}

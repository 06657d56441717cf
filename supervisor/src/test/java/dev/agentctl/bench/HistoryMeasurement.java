package dev.agentctl.bench;

import dev.agentctl.terminal.Terminal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What 10,000 lines of history take: in the daemons, for each session; and in the emulator, with the time and size of
/// a drawing with and without them.
final class HistoryMeasurement implements Measurement {
    private static final int LINES = 10_000;
    private static final int SESSIONS = 10;
    private static final int ROUNDS = 20;

    @Override
    public List<Result> take(Bed bed) throws IOException, InterruptedException {
        List<String> peers = new ArrayList<>();
        for (Keeper.Maker maker : bed.multiplexers()) {
            peers.add(perSession(maker.make()));
        }
        List<Result> results = new ArrayList<>();
        results.add(Result.plain(
                "memory for each session after " + LINES + " lines, RSS, MB",
                String.join("; ", peers) + " (they keep 2,000 and 100 of them)",
                perSession(bed.ours().make()) + " (2,000 drawn, all in the log)"));
        results.add(drawings());
        return results;
    }

    private static String perSession(Keeper made) throws IOException, InterruptedException {
        try (Keeper keeper = made) {
            Path file = keeper.home().file("lines");
            Files.writeString(file, text("\n"));
            Path script = keeper.home().script("lines.sh", """
                    #!/bin/bash
                    until [ -e go ]; do sleep 0.1; done
                    cat '%s'
                    : >"done-$1"
                    exec sleep infinity
                    """.formatted(file));
            keeper.start(SESSIONS, List.of(script.toString(), Keeper.NAME));
            Clock.pass(Duration.ofSeconds(3));
            double before = ProcessFigures.of(keeper.daemons()).residentMegabytes();
            Files.createFile(keeper.home().file("go"));
            for (String name : Keeper.names(SESSIONS)) {
                Clock.await("all is printed", () -> Files.exists(keeper.home().file("done-" + name)));
            }
            Clock.pass(Duration.ofSeconds(5));
            double after = ProcessFigures.of(keeper.daemons()).residentMegabytes();
            return String.format(Locale.ROOT, "%s %.2f", keeper.name(), (after - before) / SESSIONS);
        }
    }

    private static String text(String end) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < LINES; i++) {
            text.append(String.format(Locale.ROOT, "%06d ", i))
                    .repeat('x', 40 + i % 60)
                    .append(end);
        }
        return text.toString();
    }

    private static Result drawings() {
        long before = usedAfterCollection();
        Terminal terminal = new Terminal(Seat.COLUMNS, Seat.ROWS, LINES, _ -> {});
        byte[] bytes = text("\r\n").getBytes(StandardCharsets.UTF_8);
        terminal.feed(bytes, 0, bytes.length);
        double megabytes = (usedAfterCollection() - before) / 1e6;
        String drawn = drawing(terminal, 0) + "; " + drawing(terminal, 1_000) + "; " + drawing(terminal, LINES);
        return Result.plain(
                "emulator with " + LINES + " lines: heap; drawing with 0, 1,000, all of them",
                "-",
                String.format(Locale.ROOT, "%.1f MB; %s", megabytes, drawn));
    }

    private static String drawing(Terminal terminal, int lines) {
        Samples times = new Samples();
        int size = 0;
        for (int i = 0; i < ROUNDS; i++) {
            long begun = System.nanoTime();
            size = terminal.redraw(lines).length;
            times.add((System.nanoTime() - begun) / 1e6);
        }
        return String.format(Locale.ROOT, "%.1f KB %.2f ms", size / 1e3, times.median());
    }

    @SuppressWarnings("ExplicitGc") // the heap is what is measured
    private static long usedAfterCollection() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}

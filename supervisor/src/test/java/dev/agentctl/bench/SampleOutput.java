package dev.agentctl.bench;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.function.Supplier;

/// Files of terminal output, the same in every run.
final class SampleOutput {
    private SampleOutput() {}

    /// Lines of a program's log.
    static Path log(Path file, int megabytes) throws IOException {
        Random random = new Random(1);
        return fill(
                file,
                megabytes,
                () -> "2026-01-02T03:04:05 INFO  request " + random.nextInt(1_000_000) + " took "
                        + random.nextInt(1_000) + " ms " + "x".repeat(random.nextInt(60)) + "\n");
    }

    /// Partial redraws as agents send them: moves, short coloured words, erased line ends.
    static Path redraws(Path file, int megabytes) throws IOException {
        Random random = new Random(2);
        return fill(file, megabytes, () -> {
            StringBuilder frame = new StringBuilder("\u001b[?2026h\u001b[?25l");
            for (int i = 0; i < 12; i++) {
                frame.append("\u001b[").append(1 + random.nextInt(40)).append(";1H\u001b[38;5;");
                frame.append(random.nextInt(256)).append("m│ \u001b[39m\u001b[1mword\u001b[22m ");
                frame.append("some more text of a usual length for a line \u001b[2m(esc)\u001b[22m\u001b[K");
            }
            return frame.append("\r\u001b[2C\u001b[3A✻ Working…\r\n\u001b[?25h\u001b[?2026l")
                    .toString();
        });
    }

    private static Path fill(Path file, int megabytes, Supplier<String> next) throws IOException {
        long written = 0;
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            while (written < megabytes * 1_000_000L) {
                String text = next.get();
                out.write(text);
                written += text.getBytes(StandardCharsets.UTF_8).length;
            }
            out.write("\n");
        }
        return file;
    }
}

package dev.agentctl.bench;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/// Files of terminal output, the same in every run.
final class SampleOutput {
    /// The kind that the emulator's target is for.
    static final String RECORDED = "recorded agents";

    private SampleOutput() {}

    /// One file of each kind, so many megabytes each.
    static List<OutputKind> all(BenchHome files, Path root, int megabytes) throws IOException {
        List<OutputKind> all = new ArrayList<>();
        all.add(new OutputKind("plain log", log(files.file("log"), megabytes)));
        byte[] recorded = RecordedOutput.read(root);
        if (recorded.length > 0) {
            all.add(new OutputKind(RECORDED, repeated(files.file("recorded"), megabytes, recorded)));
        }
        all.add(new OutputKind("screen redraws", redraws(files.file("redraws"), megabytes)));
        all.add(new OutputKind("24-bit colour", colours(files.file("colours"), megabytes)));
        all.add(new OutputKind("CJK", wide(files.file("wide"), megabytes)));
        all.add(new OutputKind("y lines", fill(files.file("y"), megabytes, () -> "y\n".repeat(1_000))));
        return all;
    }

    private static Path repeated(Path file, int megabytes, byte[] bytes) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            for (long written = 0; written < megabytes * 1_000_000L; written += bytes.length) {
                out.write(bytes);
            }
        }
        return file;
    }

    /// A colour of its own for each character.
    private static Path colours(Path file, int megabytes) throws IOException {
        Random random = new Random(3);
        return fill(file, megabytes, () -> {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < 100; i++) {
                line.append("\u001b[38;2;").append(random.nextInt(256)).append(';');
                line.append(random.nextInt(256))
                        .append(';')
                        .append(random.nextInt(256))
                        .append('m');
                line.append((char) ('a' + i % 26));
            }
            return line.append("\u001b[m\n").toString();
        });
    }

    private static Path wide(Path file, int megabytes) throws IOException {
        Random random = new Random(4);
        return fill(file, megabytes, () -> {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < 20 + random.nextInt(35); i++) {
                line.append((char) (0x4E00 + random.nextInt(8_000)));
            }
            return line.append('\n').toString();
        });
    }

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

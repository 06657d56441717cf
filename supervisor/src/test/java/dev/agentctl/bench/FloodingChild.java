package dev.agentctl.bench;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/// A program that prints numbered lines as fast as its terminal takes them, and notes when it had to wait.
final class FloodingChild {
    static final String LINE = "%010d and so much more of a line that says nothing\n";
    private static final int LINES_AT_ONCE = 64;
    private static final long WORTH_A_NOTE_MICROS = 1_000;

    private FloodingChild() {}

    /// Floods until the file `arguments[1]` is there. Into `arguments[0]`, made last, go the number of lines and, a
    /// line each, the waits: begin and end.
    public static void main(String[] arguments) throws IOException {
        Path report = Path.of(arguments[0]);
        Path stop = Path.of(arguments[1]);
        StringBuilder waits = new StringBuilder();
        long lines = 0;
        try (FileOutputStream terminal = new FileOutputStream(FileDescriptor.out)) {
            while (Files.notExists(stop)) {
                byte[] bytes = lines(lines).getBytes(StandardCharsets.US_ASCII);
                long begun = Clock.micros();
                terminal.write(bytes);
                long done = Clock.micros();
                lines += LINES_AT_ONCE;
                if (done - begun > WORTH_A_NOTE_MICROS) {
                    waits.append(begun).append(' ').append(done).append('\n');
                }
            }
            Path written = Files.writeString(report.resolveSibling("report.new"), lines + "\n" + waits);
            Files.move(written, report);
            // a child that ended would be followed by another one
            var _ = System.in.read();
        }
    }

    private static String lines(long first) {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < LINES_AT_ONCE; i++) {
            lines.append(String.format(Locale.ROOT, LINE, first + i));
        }
        return lines.toString();
    }
}

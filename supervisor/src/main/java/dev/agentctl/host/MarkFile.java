package dev.agentctl.host;

import dev.agentctl.host.LogItem.Marked;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A log's marks on disk: one line each, `sequence offset word numbers`. A line that a crash cut short is skipped.
final class MarkFile {
    private static final int KEPT = 2_000;

    private final Path file;
    /// Whether the file may end in the middle of a line.
    private boolean cut = true;

    MarkFile(Path file) {
        this.file = file;
    }

    /// The newest marks, oldest first. Rewrites the file when it has grown long.
    List<Marked> load() throws IOException {
        if (Files.notExists(file)) {
            return new ArrayList<>();
        }
        List<Marked> marks = new ArrayList<>();
        for (String line : Files.readAllLines(file, StandardCharsets.ISO_8859_1)) {
            parse(line).filter(mark -> follows(mark, marks)).ifPresent(marks::add);
        }
        if (marks.size() > 2 * KEPT) {
            keepNewest(marks);
        }
        return marks;
    }

    /// Drops old marks, in the file too, once there are many.
    void bound(List<Marked> marks) throws IOException {
        if (marks.size() > 2 * KEPT) {
            keepNewest(marks);
        }
    }

    private void keepNewest(List<Marked> marks) throws IOException {
        marks.subList(0, marks.size() - KEPT).clear();
        Path next = file.resolveSibling(file.getFileName() + ".new");
        Files.write(next, marks.stream().map(MarkFile::line).toList(), StandardCharsets.US_ASCII);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        cut = false;
    }

    /// A reader relies on the order; a line that breaks it is damaged.
    private static boolean follows(Marked mark, List<Marked> before) {
        return mark.sequence() >= 0
                && mark.offset() >= 0
                && (before.isEmpty()
                        || (mark.sequence() > before.getLast().sequence()
                                && mark.offset() >= before.getLast().offset()));
    }

    void append(Marked mark) throws IOException {
        String start = cut ? "\n" : "";
        cut = true;
        Files.writeString(
                file,
                start + line(mark) + "\n",
                StandardCharsets.US_ASCII,
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
        cut = false;
    }

    private static String line(Marked marked) {
        String mark = switch (marked.mark()) {
            case Mark.Started(long generation, long pid) -> "started " + generation + " " + pid;
            case Mark.Resized(int columns, int rows) -> "resized " + columns + " " + rows;
            case Mark.Exited(long generation, int status) -> "exited " + generation + " " + status;
        };
        return marked.sequence() + " " + marked.offset() + " " + mark;
    }

    private static Optional<Marked> parse(String line) {
        String[] words = line.split(" ", -1);
        if (words.length != 5) {
            return Optional.empty();
        }
        try {
            long first = Long.parseLong(words[3]);
            long second = Long.parseLong(words[4]);
            Optional<Mark> mark = switch (words[2]) {
                case "started" -> Optional.of(new Mark.Started(first, second));
                case "resized" -> Optional.of(new Mark.Resized((int) first, (int) second));
                case "exited" -> Optional.of(new Mark.Exited(first, (int) second));
                default -> Optional.empty();
            };
            return mark.map(m -> new Marked(Long.parseLong(words[1]), Long.parseLong(words[0]), m));
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }
}

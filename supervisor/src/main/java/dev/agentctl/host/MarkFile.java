package dev.agentctl.host;

import dev.agentctl.host.LogItem.Marked;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A log's marks on disk: one line each, `sequence offset word numbers checksum`. A last line that a crash cut short
/// is skipped; a file that is damaged otherwise is put aside, and what is whole in it goes on. One thread at a time.
final class MarkFile {
    private static final Logger LOG = LoggerFactory.getLogger(MarkFile.class);

    /// The file holds twice as many at most.
    static final int KEPT = 2_000;

    private final Path file;
    /// How many lines the file has, and whether it must be written anew before one may be added.
    private int lines;

    private boolean stale;

    MarkFile(Path file) {
        this.file = file;
    }

    /// The newest marks, oldest first.
    List<Marked> load() {
        List<Marked> marks = new ArrayList<>();
        try {
            String text = read();
            String[] found = text.split("\n", -1);
            for (int i = 0; i < found.length - 1; i++) {
                parse(found[i]).filter(next -> follows(next, marks)).ifPresent(marks::add);
            }
            lines = marks.size();
            boolean damaged = lines < found.length - 1;
            stale = damaged || !text.endsWith("\n");
            if (damaged) {
                putAside();
            }
        } catch (IOException e) {
            LOG.warn("cannot read the marks of a session at {}: {}", file, e.toString());
            stale = true;
        }
        return marks;
    }

    private String read() throws IOException {
        try {
            if (Files.isSymbolicLink(file)) {
                throw new IOException("it is a link to somewhere else");
            }
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException _) {
            return "";
        }
    }

    private void putAside() throws IOException {
        Path aside = file.resolveSibling(file.getFileName() + ".bad");
        Files.copy(file, aside, StandardCopyOption.REPLACE_EXISTING);
        LOG.warn("{} is damaged; what is whole in it goes on, the rest is in {}", file, aside.getFileName());
    }

    /// A reader relies on the order; a line that breaks it is damaged.
    private static boolean follows(Marked mark, List<Marked> before) {
        return mark.sequence() >= 0
                && mark.offset() >= 0
                && (before.isEmpty()
                        || (mark.sequence() > before.getLast().sequence()
                                && mark.offset() >= before.getLast().offset()));
    }

    /// Adds marks to those that were loaded or added before.
    ///
    /// @param all all that are to be kept, these being the last of them
    void add(List<Marked> added, List<Marked> all) throws IOException {
        boolean anew = stale || lines + added.size() > 2 * KEPT || Files.notExists(file);
        stale = true;
        if (anew) {
            write(all);
            lines = all.size();
        } else {
            Files.write(
                    file,
                    added.stream().map(MarkFile::line).toList(),
                    StandardCharsets.US_ASCII,
                    StandardOpenOption.APPEND,
                    LinkOption.NOFOLLOW_LINKS);
            lines += added.size();
        }
        stale = false;
    }

    private void write(List<Marked> all) throws IOException {
        Files.createDirectories(file.resolveSibling("."));
        Path next = file.resolveSibling(file.getFileName() + ".new");
        Files.write(next, all.stream().map(MarkFile::line).toList(), StandardCharsets.US_ASCII);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static String line(Marked marked) {
        String mark = switch (marked.mark()) {
            case Mark.Started(long generation, long pid) -> "started " + generation + " " + pid;
            case Mark.Resized(int columns, int rows) -> "resized " + columns + " " + rows;
            case Mark.Exited(long generation, int status) -> "exited " + generation + " " + status;
        };
        String text = marked.sequence() + " " + marked.offset() + " " + mark;
        return text + " " + checksum(text);
    }

    private static String checksum(String text) {
        CRC32 sum = new CRC32();
        sum.update(text.getBytes(StandardCharsets.ISO_8859_1));
        return Long.toHexString(sum.getValue());
    }

    private static Optional<Marked> parse(String line) {
        int end = line.lastIndexOf(' ');
        if (end < 0 || !line.substring(end + 1).equals(checksum(line.substring(0, end)))) {
            return Optional.empty();
        }
        String[] words = line.split(" ", -1);
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
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException _) {
            return Optional.empty();
        }
    }
}

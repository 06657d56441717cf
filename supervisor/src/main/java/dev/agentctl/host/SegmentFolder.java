package dev.agentctl.host;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The folder of a log's segments, named by the offset of their first byte. What is none is put out of the way under
/// another name, for a person to look at.
record SegmentFolder(Path path) {
    private static final Logger LOG = LoggerFactory.getLogger(SegmentFolder.class);
    private static final String SUFFIX = ".bytes";
    private static final Pattern NAME = Pattern.compile("0(\\d{19})\\.bytes");
    private static final String BAD = ".bad";

    Path file(long start) {
        return path.resolve("%020d".formatted(start) + SUFFIX);
    }

    /// All segments that are there, by their first offset. A folder that cannot be read has none.
    TreeMap<Long, Segment> scan() {
        TreeMap<Long, Segment> found = new TreeMap<>();
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS) && !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            quarantine(path, "it is no folder");
        }
        if (Files.notExists(path)) {
            return found;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(path)) {
            for (Path file : files) {
                if (!String.valueOf(file.getFileName()).endsWith(BAD)) {
                    segment(file).ifPresent(segment -> found.put(segment.start(), segment));
                }
            }
        } catch (IOException e) {
            LOG.warn("cannot read a session's log at {}: {}", path, e.toString());
        }
        clip(found);
        return found;
    }

    private static Optional<Segment> segment(Path file) throws IOException {
        Matcher name = NAME.matcher(String.valueOf(file.getFileName()));
        BasicFileAttributes attributes =
                Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (!name.matches() || !attributes.isRegularFile()) {
            quarantine(file, "it is no part of a log");
            return Optional.empty();
        }
        Instant written = attributes.lastModifiedTime().toInstant();
        return Optional.of(new Segment(
                file, Long.parseLong(Objects.requireNonNull(name.group(1))), attributes.size(), written, written));
    }

    /// One that is longer than the next one's start allows has grown by somebody else's hand.
    private static void clip(TreeMap<Long, Segment> segments) {
        Segment last = null;
        for (Segment segment : segments.values().toArray(Segment[]::new)) {
            if (last != null && last.end() > segment.start()) {
                segments.put(last.start(), last.cutTo(segment.start() - last.start()));
            }
            last = segment;
        }
    }

    private static void quarantine(Path file, String why) {
        Path aside = file.resolveSibling(file.getFileName() + BAD);
        try {
            Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
            LOG.warn("{} was put aside as {}: {}", file, aside.getFileName(), why);
        } catch (IOException e) {
            LOG.warn("{} is damaged ({}) and cannot be put aside: {}", file, why, e.toString());
        }
    }
}

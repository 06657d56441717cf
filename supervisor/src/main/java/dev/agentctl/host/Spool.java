package dev.agentctl.host;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A log's bytes on disk: segment files named by the offset of their first byte. The oldest go when the whole grows
/// past its bound. Not thread-safe: its log guards it.
final class Spool implements AutoCloseable {
    private static final String SUFFIX = ".bytes";

    private final Path folder;
    private final long segmentBytes;
    private final int mostSegments;
    private final TreeMap<Long, Path> segments = new TreeMap<>();
    private long end;
    private @Nullable FileChannel tail;

    private Spool(Path folder, long segmentBytes, int mostSegments) {
        this.folder = folder;
        this.segmentBytes = segmentBytes;
        this.mostSegments = mostSegments;
    }

    /// Opens the folder's segments; the log goes on where the last one ends.
    static Spool open(Path folder, long segmentBytes, int mostSegments) throws IOException {
        Files.createDirectories(folder);
        Spool spool = new Spool(folder, segmentBytes, mostSegments);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
            for (Path file : files) {
                String name = String.valueOf(file.getFileName());
                spool.segments.put(Long.parseLong(name.substring(0, name.length() - SUFFIX.length())), file);
            }
        } catch (NumberFormatException e) {
            throw new IOException("a foreign file lies among the log's segments in " + folder, e);
        }
        for (Map.Entry<Long, Path> segment : spool.segments.entrySet()) {
            spool.end = segment.getKey() + Files.size(segment.getValue());
        }
        return spool;
    }

    long start() {
        return segments.isEmpty() ? end : segments.firstKey();
    }

    long end() {
        return end;
    }

    /// Appends bytes that begin at `offset`; a jump from the last end begins a new segment, and what lies between is a
    /// gap.
    void append(long offset, byte[] bytes, int length) throws IOException {
        FileChannel channel = tail;
        if (channel == null || offset != end || end - segments.lastKey() >= segmentBytes) {
            channel = roll(offset);
        }
        ByteBuffer rest = ByteBuffer.wrap(bytes, 0, length);
        while (rest.hasRemaining()) {
            channel.write(rest);
        }
        end = offset + length;
    }

    /// Reads from the segment that holds `offset`, at most `most` bytes; empty when none holds it.
    byte[] read(long offset, int most) throws IOException {
        Map.Entry<Long, Path> segment = segments.floorEntry(offset);
        if (segment == null) {
            return new byte[0];
        }
        try (FileChannel channel = FileChannel.open(segment.getValue(), StandardOpenOption.READ)) {
            long at = offset - segment.getKey();
            ByteBuffer into = ByteBuffer.allocate(Math.clamp(channel.size() - at, 0, most));
            while (into.hasRemaining() && channel.read(into, at + into.position()) > 0) {
                // until it is full or the file ends
            }
            byte[] bytes = new byte[into.position()];
            into.flip().get(bytes);
            return bytes;
        }
    }

    /// The first kept offset after `offset`.
    long next(long offset) {
        Long higher = segments.higherKey(offset);
        return higher == null ? end : higher;
    }

    private FileChannel roll(long offset) throws IOException {
        close();
        // whoever removed it must not take the log of what comes now
        Files.createDirectories(folder);
        Path file = folder.resolve("%020d".formatted(offset) + SUFFIX);
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND, LinkOption.NOFOLLOW_LINKS);
        tail = channel;
        segments.put(offset, file);
        while (segments.size() > mostSegments) {
            Map.Entry<Long, Path> oldest = segments.entrySet().iterator().next();
            Files.deleteIfExists(oldest.getValue());
            segments.remove(oldest.getKey());
        }
        return channel;
    }

    @Override
    public void close() throws IOException {
        FileChannel channel = tail;
        tail = null;
        if (channel != null) {
            channel.close();
        }
    }
}

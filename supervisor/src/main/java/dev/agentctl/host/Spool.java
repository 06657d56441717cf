package dev.agentctl.host;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A log's bytes on disk, in segments. The oldest go at the limits of size and age.
///
/// One thread at a time writes and drops, the log sees to that; any thread may read meanwhile, and never waits for
/// the writer's disk. Others may take files away or cut them at any time (logrotate does): what then is missing is
/// counted.
final class Spool {
    /// Each start of the host begins a new segment.
    private static final int MOST_SEGMENTS = 512;

    private final SegmentFolder folder;
    private final LogLimits limits;
    private final InstantSource clock;
    private final TreeMap<Long, Segment> segments; // guarded by itself
    private long end; // guarded by segments
    private Losses losses = Losses.NONE; // guarded by segments
    private @Nullable FileChannel tail; // the writer's

    private Spool(SegmentFolder folder, LogLimits limits, InstantSource clock) {
        this.folder = folder;
        this.limits = limits;
        this.clock = clock;
        this.segments = folder.scan();
        end = segments.isEmpty() ? 0 : segments.firstKey();
        for (Segment segment : segments.values()) {
            losses = losses.and(segment.start() - end);
            end = segment.end();
        }
    }

    /// Opens the folder's segments; the log goes on where the last one ends.
    static Spool open(SegmentFolder folder, LogLimits limits, InstantSource clock) {
        return new Spool(folder, limits, clock);
    }

    long start() {
        synchronized (segments) {
            return segments.isEmpty() ? end : segments.firstKey();
        }
    }

    long end() {
        synchronized (segments) {
            return end;
        }
    }

    long bytes() {
        synchronized (segments) {
            return segments.values().stream().mapToLong(Segment::length).sum();
        }
    }

    Losses losses() {
        synchronized (segments) {
            return losses;
        }
    }

    /// When its oldest bytes were written.
    Optional<Instant> oldest() {
        synchronized (segments) {
            return segments.values().stream().findFirst().map(Segment::written);
        }
    }

    /// Appends bytes that begin at `offset`, to as many segments as they fill; a jump from the last end begins a new
    /// segment, and what lies between is a gap. After an exception [#end()] tells what was kept of them.
    void append(long offset, byte[] bytes) throws IOException {
        ByteBuffer rest = ByteBuffer.wrap(bytes);
        while (rest.hasRemaining()) {
            appendPiece(offset + rest.position(), rest);
        }
    }

    private void appendPiece(long offset, ByteBuffer rest) throws IOException {
        FileChannel channel = tail;
        if (channel == null || mustRoll(offset)) {
            channel = roll(offset);
        }
        int piece = (int) Math.min(rest.remaining(), limits.segmentBytes() - lastLength());
        ByteBuffer fits = rest.slice(rest.position(), piece);
        try {
            while (fits.hasRemaining()) {
                grown(channel.write(fits));
            }
        } catch (IOException e) {
            close();
            throw e;
        }
        rest.position(rest.position() + piece);
    }

    private long lastLength() {
        synchronized (segments) {
            return last().length();
        }
    }

    private void grown(int count) {
        synchronized (segments) {
            Segment last = last();
            segments.put(last.start(), last.grown(count, clock.instant()));
            end = last.end() + count;
        }
    }

    private boolean mustRoll(long offset) throws IOException {
        Segment last;
        synchronized (segments) {
            if (segments.isEmpty() || offset != end) {
                return true;
            }
            last = last();
        }
        return last.length() >= limits.segmentBytes()
                || last.begun().plus(limits.segmentAge()).isBefore(clock.instant())
                || sizeOf(last) != last.length();
    }

    private Segment last() {
        return Objects.requireNonNull(segments.lastEntry()).getValue();
    }

    private static long sizeOf(Segment segment) throws IOException {
        try {
            return Files.size(segment.file());
        } catch (NoSuchFileException _) {
            return -1;
        }
    }

    private FileChannel roll(long offset) throws IOException {
        close();
        takeStock();
        trim();
        // whoever removed the folder must not take the log of what comes now
        Files.createDirectories(folder.path());
        Segment next = new Segment(folder.file(offset), offset, 0, clock.instant(), clock.instant());
        FileChannel channel = FileChannel.open(
                next.file(),
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE,
                LinkOption.NOFOLLOW_LINKS);
        tail = channel;
        synchronized (segments) {
            segments.put(offset, next);
            end = offset;
        }
        return channel;
    }

    /// Finds out what others have taken away or cut.
    private void takeStock() throws IOException {
        Segment[] all;
        synchronized (segments) {
            all = segments.values().toArray(Segment[]::new);
        }
        for (Segment segment : all) {
            long size = sizeOf(segment);
            if (size < segment.length()) {
                synchronized (segments) {
                    losses = losses.and(segment.length() - Math.max(0, size));
                    if (size <= 0) {
                        segments.remove(segment.start());
                    } else {
                        segments.put(segment.start(), segment.cutTo(size));
                    }
                }
            }
        }
    }

    /// Drops what the limits of this log say.
    void trim() throws IOException {
        Instant tooOld = clock.instant().minus(limits.age());
        while (count() > 0
                && (bytes() > limits.sessionBytes() - limits.segmentBytes()
                        || count() >= MOST_SEGMENTS
                        || oldest().filter(written -> written.isBefore(tooOld)).isPresent())) {
            dropOldest();
        }
    }

    private int count() {
        synchronized (segments) {
            return segments.size();
        }
    }

    /// Drops the oldest segment, even the one that is being written.
    void dropOldest() throws IOException {
        Segment oldest;
        synchronized (segments) {
            Map.Entry<Long, Segment> first = segments.pollFirstEntry();
            if (first == null) {
                return;
            }
            oldest = first.getValue();
        }
        if (count() == 0) {
            close();
        }
        Files.deleteIfExists(oldest.file());
    }

    /// Reads from the segment that holds `offset`, at most `most` bytes; empty when none holds it.
    byte[] read(long offset, long most) throws IOException {
        Segment segment;
        synchronized (segments) {
            Map.Entry<Long, Segment> entry = segments.floorEntry(offset);
            if (entry == null || entry.getValue().end() <= offset) {
                return new byte[0];
            }
            segment = entry.getValue();
        }
        try (FileChannel channel =
                FileChannel.open(segment.file(), StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            long at = offset - segment.start();
            ByteBuffer into = ByteBuffer.allocate((int) Math.min(segment.end() - offset, most));
            while (into.hasRemaining() && channel.read(into, at + into.position()) > 0) {
                // until it is full or the file ends
            }
            byte[] bytes = into.array();
            return into.hasRemaining() ? Arrays.copyOf(bytes, into.position()) : bytes;
        } catch (NoSuchFileException _) {
            return new byte[0];
        }
    }

    /// The first offset after `offset` that may be kept; the largest number where none is on disk.
    long next(long offset) {
        synchronized (segments) {
            Long higher = segments.higherKey(offset);
            if (higher != null) {
                return higher;
            }
            return offset < end ? end : Long.MAX_VALUE;
        }
    }

    /// Closes the file that is being written; another append opens a new one.
    void close() throws IOException {
        FileChannel channel = tail;
        tail = null;
        if (channel != null) {
            channel.close();
        }
    }
}

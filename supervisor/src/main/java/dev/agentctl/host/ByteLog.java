package dev.agentctl.host;

import dev.agentctl.host.LogItem.Marked;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// All output of a session, over all its children, by absolute offset: the newest in memory, more on disk, the rest
/// an explicit gap.
///
/// One thread appends; any number of readers follow, each with its own [LogCursor], at any speed. A full disk costs
/// the bytes on disk, never the child or a reader that keeps up.
final class ByteLog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ByteLog.class);
    private static final int RING_BYTES = 1 << 20;
    private static final long SEGMENT_BYTES = 4 << 20;
    private static final int SEGMENTS = 16;
    private static final int MOST_AT_ONCE = 64 << 10;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition grown = lock.newCondition();
    private final Spool spool;
    private final MarkFile markFile;
    private final List<Marked> marks;
    private final Ring ring;
    private boolean diskFailing;
    private boolean closed;

    private ByteLog(Spool spool, MarkFile markFile) throws IOException {
        this.spool = spool;
        this.markFile = markFile;
        this.marks = markFile.load();
        long markEnd = marks.isEmpty() ? 0 : marks.getLast().offset();
        this.ring = new Ring(RING_BYTES, Math.max(spool.end(), markEnd));
    }

    /// Opens the log of a session's folder; it goes on where it ended.
    static ByteLog open(Path folder) throws IOException {
        Spool spool = Spool.open(folder.resolve("log"), SEGMENT_BYTES, SEGMENTS);
        return new ByteLog(spool, new MarkFile(folder.resolve("marks")));
    }

    void append(byte[] bytes, int length) {
        lock.lock();
        try {
            long offset = ring.end();
            ring.append(bytes, length);
            try {
                spool.append(offset, bytes, length);
                diskFailing = false;
            } catch (IOException e) {
                reportOnce(e);
            }
            grown.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void mark(Mark mark) {
        lock.lock();
        try {
            long sequence = marks.isEmpty() ? 0 : marks.getLast().sequence() + 1;
            Marked marked = new Marked(ring.end(), sequence, mark);
            marks.add(marked);
            try {
                markFile.append(marked);
                markFile.bound(marks);
            } catch (IOException e) {
                reportOnce(e);
            }
            grown.signalAll();
        } finally {
            lock.unlock();
        }
    }

    long start() {
        lock.lock();
        try {
            return Math.min(ring.start(), spool.start());
        } finally {
            lock.unlock();
        }
    }

    long end() {
        lock.lock();
        try {
            return ring.end();
        } finally {
            lock.unlock();
        }
    }

    /// The next item at the cursor, which it moves on. Waits for one when `follow` is set.
    LogItem next(LogCursor cursor, boolean follow) throws InterruptedException {
        lock.lock();
        try {
            while (true) {
                Marked mark = cursor.markIn(marks);
                if (mark != null && mark.offset() <= cursor.offset()) {
                    cursor.passed(mark);
                    return mark;
                }
                long limit = mark == null ? ring.end() : mark.offset();
                if (cursor.offset() < limit) {
                    LogItem item = take(cursor.offset(), limit);
                    cursor.moveTo(endOf(item));
                    return item;
                }
                if (!follow || closed) {
                    return new LogItem.End(cursor.offset());
                }
                grown.await();
            }
        } finally {
            lock.unlock();
        }
    }

    private LogItem take(long offset, long limit) {
        long most = Math.min(MOST_AT_ONCE, limit - offset);
        if (offset >= ring.start()) {
            return new LogItem.Bytes(offset, ring.copy(offset, most));
        }
        byte[] bytes = fromDisk(offset, (int) Math.min(most, ring.start() - offset));
        if (bytes.length > 0) {
            return new LogItem.Bytes(offset, bytes);
        }
        return new LogItem.Gap(
                offset, Math.min(limit, Math.min(ring.start(), Math.max(spool.next(offset), offset + 1))));
    }

    private byte[] fromDisk(long offset, int most) {
        try {
            return spool.read(offset, most);
        } catch (IOException e) {
            reportOnce(e);
            return new byte[0];
        }
    }

    private static long endOf(LogItem item) {
        return switch (item) {
            case LogItem.Bytes(long offset, byte[] bytes) -> offset + bytes.length;
            case LogItem.Marked marked -> marked.offset();
            case LogItem.Gap gap -> gap.to();
            case LogItem.End(long offset) -> offset;
        };
    }

    private void reportOnce(IOException e) {
        if (!diskFailing) {
            LOG.warn("cannot use a session's log on disk, keeping it in memory only: {}", e.getMessage());
            diskFailing = true;
        }
    }

    /// Ends all readers that wait.
    @Override
    public void close() throws IOException {
        lock.lock();
        try {
            closed = true;
            grown.signalAll();
            spool.close();
        } finally {
            lock.unlock();
        }
    }
}

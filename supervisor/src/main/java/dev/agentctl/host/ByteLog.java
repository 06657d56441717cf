package dev.agentctl.host;

import dev.agentctl.host.LogItem.Marked;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// All output of a session, over all its children, by absolute offset: the newest in memory, more on disk, the rest
/// an explicit gap.
///
/// One thread appends, to memory only; the store's thread brings it to disk; any number of readers follow, each with
/// its own [LogCursor], at any speed. No disk is touched under the log's lock, so neither a slow reader nor a slow
/// disk holds up whoever appends, but for this: while the disk works, bytes that it has not taken yet are not pushed
/// out of memory, and an append waits, no longer than the limits' patience. A disk that fails or takes longer costs
/// the bytes on it, counted, and nobody's time.
///
/// | on disk | an append that would push out unwritten bytes |
/// |---|---|
/// | healthy | waits; the disk refuses or the patience ends → failing, one warning |
/// | failing | pushes them out; a write succeeds → healthy |
final class ByteLog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ByteLog.class);
    private static final int MOST_AT_ONCE = 64 << 10;
    /// Whom nobody waits for, the disk and readers who linger, is told of output so long after it came, or when there
    /// is no more for as long: each wake-up takes a processor from those who bring a key's echo to its screen.
    static final Duration SETTLE = Duration.ofMillis(5);

    /// How long a reader of a flood lets it gather. It takes less than what memory keeps.
    private static final Duration GATHERING = Duration.ofMillis(5);

    private final LogStore store;
    private final Spool spool;
    private final MarkFile markFile;
    /// Held by whoever writes to the disk.
    private final ReentrantLock disk = new ReentrantLock();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition grown = lock.newCondition();
    private final Condition settled = lock.newCondition();
    private final Condition written = lock.newCondition();
    private final Condition over = lock.newCondition();
    private final List<Marked> marks; // guarded by lock, as all below
    private final Ring ring;
    private final SavedPart saved;
    /// Since when there is something of which only readers who do not linger were told, as [System#nanoTime()].
    private long unsettledSince;

    private volatile boolean unsettled;
    private boolean closed;

    ByteLog(LogStore store, Spool spool, MarkFile markFile) {
        this.store = store;
        this.spool = spool;
        this.markFile = markFile;
        this.marks = markFile.load();
        long markEnd = marks.isEmpty() ? 0 : marks.getLast().offset();
        long end = Math.max(spool.end(), markEnd);
        this.saved = new SavedPart(end, lastSequence(), Losses.NONE.and(markEnd - spool.end()));
        this.ring = new Ring(store.limits().ringBytes(), store.memory(), end);
    }

    Spool spool() {
        return spool;
    }

    void append(byte[] bytes, int length) {
        boolean wants;
        lock.lock();
        try {
            awaitRoom(length);
            ring.append(bytes, length);
            grown.signalAll();
            wants = settlesWith(System.nanoTime());
        } finally {
            lock.unlock();
        }
        tellStore(wants);
    }

    /// Takes note of new output; gives whether the store is to be told of it.
    private boolean settlesWith(long now) {
        if (!unsettled) {
            unsettled = true;
            unsettledSince = now;
        }
        if (now - unsettledSince >= SETTLE.toNanos()) {
            return settled();
        }
        return isPressed() && wantsDisk();
    }

    /// Whether there is output of which not everybody was told.
    boolean isUnsettled() {
        return unsettled;
    }

    /// Tells those of it who were not. For whoever appends, when nothing more came for a while.
    void settle() {
        boolean wants;
        lock.lock();
        try {
            wants = unsettled && settled();
        } finally {
            lock.unlock();
        }
        tellStore(wants);
    }

    private void awaitRoom(int length) {
        long left = store.limits().patience().toNanos();
        while (!saved.isFailing() && !closed && ring.startAfter(length) > saved.end()) {
            if (left <= 0) {
                saved.fail("it takes too long");
                written.signalAll();
                return;
            }
            tellStore(wantsDisk());
            try {
                left = written.awaitNanos(left);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /// Takes note of what happened, in this order and at once: readers wake up once.
    void mark(Mark... happened) {
        boolean wants;
        lock.lock();
        try {
            for (Mark mark : happened) {
                add(mark);
            }
            grown.signalAll();
            wants = settled();
        } finally {
            lock.unlock();
        }
        tellStore(wants);
    }

    private void add(Mark mark) {
        long sequence = Math.max(lastSequence() + 1, store.newSequence());
        marks.add(new Marked(ring.end(), sequence, mark));
        if (marks.size() > 2 * MarkFile.KEPT) {
            marks.subList(0, marks.size() - MarkFile.KEPT).clear();
        }
        if (mark instanceof Mark.Exited) {
            over.signalAll();
            if (saved.end() >= ring.end()) {
                ring.shrink();
            }
        }
    }

    /// Wakes up who lingers; gives whether the store is to be told that something waits for the disk.
    private boolean settled() {
        unsettled = false;
        settled.signalAll();
        return wantsDisk();
    }

    private boolean wantsDisk() {
        return !closed && saved.queue();
    }

    /// Behind the lock where readers were woken: they go first.
    private void tellStore(boolean wants) {
        if (wants) {
            store.wants(this);
        }
    }

    /// Whether much waits for the disk.
    private boolean isPressed() {
        return ring.end() - saved.end() > store.limits().ringBytes() / 4;
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

    Losses losses() {
        lock.lock();
        try {
            return saved.losses(ring.start()).plus(spool.losses());
        } finally {
            lock.unlock();
        }
    }

    /// A reader's place. An offset after the end, or a mark that there is not, is from before the host was killed with
    /// output that no disk had yet: such a reader goes on at the end.
    ///
    /// @param from negative: that many bytes before the end
    LogCursor cursor(long from, long sequence) {
        lock.lock();
        try {
            long first = Math.min(ring.start(), spool.start());
            long offset = from < 0 ? Math.max(first, ring.end() + from) : Math.min(from, ring.end());
            return new LogCursor(offset, sequence);
        } finally {
            lock.unlock();
        }
    }

    /// The next item at the cursor, which it moves on. Waits for one when `follow` is set.
    ///
    /// @param lingers whether one who had to wait has it only after [#SETTLE], and more of it at once
    LogItem next(LogCursor cursor, boolean follow, boolean lingers) throws InterruptedException {
        long limit;
        lock.lock();
        try {
            while (true) {
                Marked mark = cursor.markIn(marks);
                if (mark != null && mark.offset() <= cursor.offset()) {
                    cursor.passed(mark);
                    return mark;
                }
                limit = mark == null ? ring.end() : mark.offset();
                if (cursor.offset() < limit) {
                    break;
                }
                if (!follow || closed) {
                    return new LogItem.End(cursor.offset());
                }
                if (lingers) {
                    settled.await();
                } else {
                    grown.await();
                    linger(cursor.isFlooded() ? GATHERING : Duration.ZERO);
                }
            }
            if (cursor.offset() >= ring.start()) {
                byte[] bytes = ring.copy(cursor.offset(), Math.min(MOST_AT_ONCE, limit - cursor.offset()));
                return cursor.passed(new LogItem.Bytes(cursor.offset(), bytes));
            }
            limit = Math.min(limit, ring.start());
        } finally {
            lock.unlock();
        }
        return cursor.passed(fromDisk(cursor.offset(), limit));
    }

    /// Nothing more is to come: what there is, is wanted with the news of the exit.
    private boolean hasExited() {
        return !marks.isEmpty() && marks.getLast().mark() instanceof Mark.Exited;
    }

    private void linger(Duration time) throws InterruptedException {
        long left = time.toNanos();
        while (left > 0 && !closed && !hasExited()) {
            left = over.awaitNanos(left);
        }
    }

    private LogItem fromDisk(long offset, long limit) {
        try {
            byte[] bytes = spool.read(offset, Math.min(MOST_AT_ONCE, limit - offset));
            if (bytes.length > 0) {
                return new LogItem.Bytes(offset, bytes);
            }
        } catch (IOException e) {
            LOG.debug("cannot read a session's log: {}", e.toString());
        }
        return new LogItem.Gap(offset, Math.min(limit, spool.next(offset)));
    }

    /// Brings to disk what is not there yet, a piece of it. Called by the store's thread.
    ///
    /// @return whether the disk took it; if not, it is worth another try later
    boolean writeOut() {
        disk.lock();
        try {
            return writePiece();
        } finally {
            disk.unlock();
        }
    }

    /// Brings to disk all that was appended by now.
    ///
    /// @return whether the disk took it
    boolean flush() {
        boolean taken = writeOut();
        lock.lock();
        try {
            return taken && !isBehind();
        } finally {
            lock.unlock();
        }
    }

    private boolean writePiece() {
        long from;
        byte[] bytes;
        List<Marked> all;
        long sequence;
        lock.lock();
        try {
            saved.begin(ring.start());
            from = saved.end();
            bytes = ring.copy(from, store.limits().ringBytes());
            sequence = saved.sequence();
            all = lastSequence() <= sequence ? List.of() : new ArrayList<>(marks);
        } finally {
            lock.unlock();
        }
        try {
            if (bytes.length > 0) {
                spool.append(from, bytes);
            }
            if (!all.isEmpty()) {
                markFile.add(
                        all.stream().filter(mark -> mark.sequence() > sequence).toList(), all);
            }
            saved(from + bytes.length, all.isEmpty() ? sequence : all.getLast().sequence());
            return true;
        } catch (IOException e) {
            refused(Math.clamp(spool.end(), from, from + bytes.length), e);
            return false;
        }
    }

    private void saved(long to, long sequence) {
        lock.lock();
        try {
            saved.reached(to, sequence);
            written.signalAll();
            tellStore(isBehind() && !unsettled && wantsDisk());
        } finally {
            lock.unlock();
        }
    }

    private void refused(long to, IOException e) {
        lock.lock();
        try {
            saved.refused(to, e.toString());
            written.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Whether the disk lacks something of it.
    private boolean isBehind() {
        return ring.end() > saved.end() || lastSequence() > saved.sequence();
    }

    /// Negative where there is no mark.
    private long lastSequence() {
        return marks.isEmpty() ? -1 : marks.getLast().sequence();
    }

    /// What is done with the log on disk, by one thread at a time.
    @FunctionalInterface
    interface DiskWork {
        void on(Spool spool) throws IOException;
    }

    void onDisk(DiskWork work) {
        disk.lock();
        try {
            work.on(spool);
        } catch (IOException e) {
            LOG.debug("cannot tidy a session's log: {}", e.toString());
        } finally {
            disk.unlock();
        }
    }

    /// Writes what is left and ends all readers that wait.
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            grown.signalAll();
            settled.signalAll();
            over.signalAll();
            written.signalAll();
        } finally {
            lock.unlock();
        }
        store.forget(this);
        writeOut();
        onDisk(Spool::close);
        lock.lock();
        try {
            ring.shrink();
        } finally {
            lock.unlock();
        }
    }
}

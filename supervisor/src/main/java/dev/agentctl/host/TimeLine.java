package dev.agentctl.host;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// When the bytes of a log came: at most one entry a second, none while nothing comes. When there are many, every
/// other one of the older half is dropped, so that a long life costs precision and not space.
///
/// On disk it is two 64-bit numbers an entry, offset and milliseconds; a log from before there were times has none.
/// Any thread may call; nobody waits for the disk. What the disk refuses is missing after the host's end, no more.
final class TimeLine {
    private static final Logger LOG = LoggerFactory.getLogger(TimeLine.class);
    private static final long APART_MILLIS = 1_000;
    private static final int ENTRY = 2 * Long.BYTES;
    private static final int MOST = 4_096;

    private final Path file;
    private final int most;
    private final List<LogTime> entries = new ArrayList<>(); // guarded by this, as all below
    private long newest;
    /// How many entries the file has; -1: it is to be written anew.
    private int saved;

    private boolean saving;
    private boolean closed;

    TimeLine(Path file) {
        this(file, MOST);
    }

    /// @param most entries that are kept
    TimeLine(Path file, int most) {
        this.file = file;
        this.most = most;
        try {
            load();
        } catch (IOException e) {
            LOG.warn("cannot read the times of a log at {}: {}", file, e.toString());
            saved = -1;
        }
    }

    private synchronized void load() throws IOException {
        if (Files.notExists(file)) {
            return;
        }
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
        while (bytes.remaining() >= ENTRY) {
            LogTime entry = new LogTime(bytes.getLong(), bytes.getLong());
            if (entry.offset() < 0
                    || (!entries.isEmpty() && entry.offset() < entries.getLast().offset())) {
                break;
            }
            entries.add(entry);
            newest = entry.millis();
        }
        // an end that was cut short or is damaged: what follows must stand at an entry's place
        saved = bytes.hasRemaining() ? -1 : entries.size();
    }

    /// Whether bytes that come now are to be noted. A clock that was set back counts as well.
    synchronized boolean isDue(long now) {
        return Math.abs(now - newest) >= APART_MILLIS;
    }

    /// Bytes come at this offset now.
    synchronized void came(long offset, long now) {
        if (closed) {
            return;
        }
        newest = now;
        entries.add(new LogTime(offset, now));
        if (entries.size() > most) {
            thin();
            saved = -1;
        }
        if (!saving) {
            saving = true;
            Thread.ofVirtual().name("times").start(this::save);
        }
    }

    private void thin() {
        List<LogTime> kept = new ArrayList<>(most);
        for (int i = 0; i < entries.size(); i++) {
            if (i >= entries.size() / 2 || i % 2 == 0) {
                kept.add(entries.get(i));
            }
        }
        entries.clear();
        entries.addAll(kept);
    }

    /// One thread at a time, until nothing is left to be saved.
    private void save() {
        while (true) {
            List<LogTime> all;
            int from;
            synchronized (this) {
                if (saved == entries.size()) {
                    saved();
                    return;
                }
                all = List.copyOf(entries);
                from = saved;
                saved = all.size();
            }
            try {
                write(all, from);
            } catch (IOException e) {
                LOG.debug("cannot save the times of a log at {}: {}", file, e.toString());
                synchronized (this) {
                    saved = -1;
                    // with the next entry it is tried again
                    saved();
                    return;
                }
            }
        }
    }

    private synchronized void saved() {
        saving = false;
        notifyAll();
    }

    /// Saves what there is, and nothing more: the folder may be deleted after this.
    synchronized void close() {
        closed = true;
        try {
            while (saving) {
                wait();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// Waits until what there is is saved, or the disk has refused it.
    synchronized void flush() {
        try {
            while (saving) {
                wait();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void write(List<LogTime> all, int from) throws IOException {
        if (from < 0) {
            Path next = file.resolveSibling(file.getFileName() + ".new");
            Files.write(next, bytes(all));
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        } else {
            Files.write(
                    file,
                    bytes(all.subList(from, all.size())),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND,
                    LinkOption.NOFOLLOW_LINKS);
        }
    }

    private static byte[] bytes(List<LogTime> entries) {
        ByteBuffer bytes = ByteBuffer.allocate(entries.size() * ENTRY);
        entries.forEach(entry -> bytes.putLong(entry.offset()).putLong(entry.millis()));
        return bytes.array();
    }

    /// Oldest first.
    synchronized List<LogTime> all() {
        return List.copyOf(entries);
    }
}

package dev.agentctl.session;

import dev.agentctl.host.HostLink;
import dev.agentctl.host.HostReader;
import dev.agentctl.host.HostRequest;
import dev.agentctl.host.LogItem;
import dev.agentctl.host.Mark;
import dev.agentctl.terminal.KeyboardModes;
import dev.agentctl.terminal.Screen;
import dev.agentctl.terminal.Terminal;
import dev.agentctl.terminal.TerminalEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A session's screen: a reader of its byte log that draws into a terminal of ours, answers the agent's queries, and
/// passes on the state that the agent prints.
///
/// Its own virtual thread reads; any thread may look. What was printed before it began to read live is drawn, but its
/// queries are not answered: a late answer would be typed into whatever asks now.
final class SessionScreen implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SessionScreen.class);
    private static final int COLUMNS = 120;
    private static final int ROWS = 40;
    private static final int HISTORY_LINES = 2_000;
    /// Without a checkpoint, so much of the log is drawn again.
    private static final long TAIL = 1 << 20;

    /// After so many bytes, but not more often than this: a drawing with its history takes as long as a megabyte of
    /// output.
    private static final long CHECKPOINT_EVERY = 256 << 10;
    private static final int LOOK_EVERY = 1 << 10;

    private static final long CHECKPOINT_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final Duration REST = Duration.ofSeconds(1);

    private final String session;
    private final HostLink host;
    private final CheckpointFile checkpoints;
    private final Announcements announcements; // guarded by lock
    private final Runnable drawn;
    private final ReentrantLock lock = new ReentrantLock();
    private Terminal terminal;
    private long offset; // guarded by lock, as all below
    private long sequence = -1;
    private long checkpointed;
    private long checkpointedAt = System.nanoTime() - CHECKPOINT_NANOS;
    private long liveFrom;
    private boolean reading;
    private long printedAt = System.nanoTime();
    private final TextWatches texts = new TextWatches();
    private final DrawnWatches drawnWatches = new DrawnWatches();
    private volatile boolean closed;
    private volatile @Nullable HostReader reader;

    /// A screen as bytes, and the place in the log that it stands for.
    record Painted(long offset, long sequence, int columns, int rows, byte[] bytes) {}

    /// What is on the screen, and the number of the child that drew it; 0 where none is known.
    ///
    /// @param current false while it is drawn up to where its session was taken over
    record Shown(long generation, Screen screen, boolean current) {}

    /// @param drawn told of every piece of live output, and not to take long
    SessionScreen(String session, HostLink host, Path folder, Announcements announcements, Runnable drawn) {
        this.session = session;
        this.host = host;
        this.checkpoints = new CheckpointFile(folder.resolve("checkpoint"));
        this.announcements = announcements;
        this.drawn = drawn;
        this.terminal = terminal(COLUMNS, ROWS);
    }

    private Terminal terminal(int columns, int rows) {
        return new Terminal(columns, rows, HISTORY_LINES, this::heard);
    }

    /// Begins to read where the last checkpoint stands, once; a second call changes nothing.
    ///
    /// @param child the number of the last child that was started, 0 for none
    /// @param end the log's end now: what comes after it is live
    /// @param first what is to happen before anybody is told of what was printed
    void begin(long child, long end, Runnable first) {
        boolean begins = prepare(child, end);
        first.run();
        if (begins) {
            Thread.ofVirtual().name("screen " + session).start(this::readOn);
        }
    }

    /// Returns false where it has begun already.
    private boolean prepare(long child, long end) {
        lock.lock();
        try {
            if (reading) {
                // a host that was killed goes on where its disk was
                liveFrom = Math.min(liveFrom, end);
                return false;
            }
            reading = true;
            liveFrom = end;
            Optional<CheckpointFile.Checkpoint> checkpoint =
                    checkpoints.read().filter(kept -> kept.painted().offset() <= end);
            if (checkpoint.isPresent()) {
                Painted painted = checkpoint.get().painted();
                terminal = terminal(painted.columns(), painted.rows());
                terminal.feed(painted.bytes(), 0, painted.bytes().length);
                offset = painted.offset();
                sequence = painted.sequence();
            } else {
                offset = Math.max(0, end - TAIL);
            }
            // where the last child's start lies behind us; else it is read before anything counts
            announcements.goOn(
                    child, checkpoint.map(CheckpointFile.Checkpoint::left).orElse(Announcements.Left.NOTHING));
            checkpointed = offset;
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void readOn() {
        tell();
        while (!closed) {
            try (HostReader stream = host.read(request())) {
                reader = stream;
                Optional<LogItem> item = stream.next();
                while (item.isPresent() && !closed) {
                    take(item.get());
                    letOthersRun();
                    item = stream.next();
                }
            } catch (IOException e) {
                LOG.debug("the log of {} broke off: {}", session, e.getMessage());
            }
            pause();
        }
    }

    /// Where there is always more to read, a virtual thread would never let go of its carrier.
    @SuppressWarnings("ThreadPriorityCheck") // nothing relies on it but others' turn
    private static void letOthersRun() {
        Thread.yield();
    }

    private HostRequest.Read request() {
        // the key that a person types shows at their terminal first
        return locked(() -> new HostRequest.Read(session, offset, sequence, true, true));
    }

    private void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(100);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void take(LogItem item) {
        lock.lock();
        try {
            switch (item) {
                case LogItem.Bytes(long from, byte[] bytes) -> {
                    feed(bytes);
                    printedAt = System.nanoTime();
                    offset = from + bytes.length;
                    answer();
                }
                case LogItem.Marked marked -> {
                    sequence = marked.sequence() + 1;
                    marked(marked.mark());
                }
                case LogItem.Gap gap -> offset = gap.to();
                case LogItem.End end -> offset = end.offset();
            }
            tell();
            drawnWatches.drawn(offset);
            if (offset >= liveFrom) {
                drawn.run();
            }
            if (offset - checkpointed >= CHECKPOINT_EVERY && System.nanoTime() - checkpointedAt >= CHECKPOINT_NANOS) {
                checkpoint();
            }
        } finally {
            lock.unlock();
        }
    }

    /// In pieces while somebody waits for a text, which would else be gone again within a large one.
    private void feed(byte[] bytes) {
        int piece = texts.isEmpty() ? bytes.length : LOOK_EVERY;
        for (int at = 0; at < bytes.length; at += piece) {
            terminal.feed(bytes, at, Math.min(piece, bytes.length - at));
            if (!texts.isEmpty() && !terminal.synchronizedUpdate()) {
                texts.look(terminal.screen());
            }
        }
    }

    /// Completes with the line that shows the text, at once if one does.
    CompletableFuture<String> whenShown(String text) {
        lock.lock();
        try {
            CompletableFuture<String> shown = texts.add(text);
            texts.look(terminal.screen());
            return shown;
        } finally {
            lock.unlock();
        }
    }

    /// Completes with the log's offset when everything before this one is drawn.
    CompletableFuture<Long> whenDrawn(long end) {
        return locked(
                () -> !reading || offset >= end ? CompletableFuture.completedFuture(offset) : drawnWatches.add(end));
    }

    private void marked(Mark mark) {
        switch (mark) {
            case Mark.Started(long started, long _) -> {
                announcements.started(started);
                terminal = terminal(terminal.columns(), terminal.rows());
            }
            case Mark.Resized(int columns, int rows) -> terminal.resize(columns, rows);
            case Mark.Exited _ -> checkpointAtRest(sequence);
        }
    }

    /// Where no other child follows. One that follows at once does not wait for a drawing that is past by then.
    private void checkpointAtRest(long end) {
        Thread.ofVirtual().name("checkpoint " + session).start(() -> {
            try {
                Thread.sleep(REST);
            } catch (InterruptedException _) {
                return;
            }
            lock.lock();
            try {
                if (!closed && sequence == end) {
                    checkpoint();
                }
            } finally {
                lock.unlock();
            }
        });
    }

    private void answer() {
        byte[] replies = terminal.drainReplies();
        if (replies.length > 0 && offset > liveFrom) {
            var _ = host.send(new HostRequest.Input(session, announcements.generation(), replies));
        }
    }

    /// What was printed in the past counts only as what it left.
    private void tell() {
        lock.lock();
        try {
            if (offset >= liveFrom) {
                announcements.tell();
            }
        } finally {
            lock.unlock();
        }
    }

    private void heard(TerminalEvent event) {
        if (announcements.heard(event)) {
            tell();
        }
    }

    private void checkpoint() {
        // also where it fails: a full disk must not have every byte drawn anew
        checkpointedAt = System.nanoTime();
        try {
            checkpoints.write(new CheckpointFile.Checkpoint(painted(HISTORY_LINES), announcements.left()));
            checkpointed = offset;
        } catch (IOException e) {
            LOG.debug("no checkpoint of {}: {}", session, e.getMessage());
        }
    }

    /// What is seen while nothing changes.
    private <T> T locked(Supplier<T> look) {
        lock.lock();
        try {
            return look.get();
        } finally {
            lock.unlock();
        }
    }

    private Painted painted(int historyLines) {
        return new Painted(offset, sequence, terminal.columns(), terminal.rows(), terminal.redraw(historyLines));
    }

    /// The bytes that draw the screen with so many lines of its history.
    Painted paint(int historyLines) {
        return locked(() -> painted(historyLines));
    }

    Shown shown() {
        return locked(() -> new Shown(announcements.generation(), terminal.screen(), !reading || offset >= liveFrom));
    }

    Screen look() {
        return locked(() -> terminal.screen());
    }

    /// The newest lines of history and screen, oldest first, without the blank ones at the end.
    List<String> lastLines(int count) {
        lock.lock();
        try {
            Screen screen = terminal.screen();
            List<String> lines = terminal.lastLines(count + screen.rows());
            return lines.subList(Math.max(0, lines.size() - count), lines.size());
        } finally {
            lock.unlock();
        }
    }

    /// For how long the terminal has printed nothing.
    Duration quiet() {
        return locked(() -> Duration.ofNanos(System.nanoTime() - printedAt));
    }

    boolean bracketedPaste() {
        return locked(() -> terminal.bracketedPaste());
    }

    KeyboardModes keyboard() {
        return locked(() -> terminal.keyboard());
    }

    int columns() {
        return locked(() -> terminal.columns());
    }

    int rows() {
        return locked(() -> terminal.rows());
    }

    /// Stops reading, with a checkpoint for whoever reads next.
    @Override
    public void close() {
        closed = true;
        lock.lock();
        try {
            if (reading) {
                checkpoint();
            }
        } finally {
            lock.unlock();
        }
        HostReader open = reader;
        if (open != null) {
            open.close();
        }
    }
}

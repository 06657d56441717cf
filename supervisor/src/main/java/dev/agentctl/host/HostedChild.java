package dev.agentctl.host;

import dev.agentctl.pty.KeptThreads;
import dev.agentctl.pty.PtyChild;
import dev.agentctl.pty.PtyCommand;
import dev.agentctl.pty.PtyStartException;
import dev.agentctl.pty.Signal;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One child of a session: its reader into the log, and its end.
///
/// The end is the kernel's word on the process, not the end of output: a grandchild may hold the terminal open for
/// ever.
final class HostedChild {
    private static final Logger LOG = LoggerFactory.getLogger(HostedChild.class);
    /// How often it is looked, after the process has ended, whether its last output has been read, and for how long
    /// at most: a grandchild may hold the terminal and print for ever.
    private static final Duration LAST_OUTPUT = Duration.ofMillis(20);

    private static final int LOOKS_FOR_LAST_OUTPUT = 250;

    /// For one that prints more at once than a terminal takes in one piece.
    private static final int FLOOD = 16 << 10;

    private final long generation;
    private final PtyChild child;
    private final ByteLog log;
    private final TimeLine times;
    private final CountDownLatch drained = new CountDownLatch(1);
    private byte[] buffer = new byte[WriteQueue.AT_ONCE]; // the reader's
    /// Held while bytes are between the terminal and the log, and while its end is told.
    private final ReentrantLock handling = new ReentrantLock();

    private final Consumer<HostedChild> onOver;
    private final WriteQueue writes;
    private volatile boolean ended;

    private HostedChild(
            long generation,
            PtyChild child,
            ByteLog log,
            TimeLine times,
            ExecutorService writers,
            Consumer<HostedChild> onOver) {
        this.generation = generation;
        this.child = child;
        this.log = log;
        this.times = times;
        this.onOver = onOver;
        this.writes = new WriteQueue(child, () -> ended, writers);
    }

    /// Starts the command, and marks its terminal's size and its start; what it prints is read from [#begin] on.
    ///
    /// @param onOver called when it has ended, that was told, and its terminal is free
    static HostedChild start(
            long generation,
            PtyCommand command,
            ByteLog log,
            TimeLine times,
            ExecutorService writers,
            Consumer<HostedChild> onOver)
            throws PtyStartException {
        PtyChild pty = PtyChild.start(command);
        HostedChild child = new HostedChild(generation, pty, log, times, writers, onOver);
        log.mark(new Mark.Resized(command.columns(), command.rows()), new Mark.Started(generation, pty.pid()));
        return child;
    }

    /// Goes on with one that a former program of this process started.
    static HostedChild adopt(
            HostState.Terminal terminal,
            ByteLog log,
            TimeLine times,
            ExecutorService writers,
            Consumer<HostedChild> onOver) {
        PtyChild pty = PtyChild.adopt(terminal.pid(), terminal.master(), terminal.status());
        HostedChild child = new HostedChild(terminal.generation(), pty, log, times, writers, onOver);
        child.ended = terminal.told();
        return child;
    }

    /// Reads, and calls `onExit` with its status once it has ended and its output is in the log.
    void begin(IntConsumer onExit) {
        begin(task -> KeptThreads.run("pty " + pid(), task), onExit);
    }

    /// @param reader runs what reads its terminal, in a thread of its own
    void begin(Executor reader, IntConsumer onExit) {
        try {
            reader.execute(() -> pump(onExit));
        } catch (OutOfMemoryError e) {
            LOG.error("process {} is ended, for no thread can be had to read its terminal; see ulimit -u", pid());
            endUnread();
        }
        if (!ended) {
            Thread.ofVirtual().name("exit " + pid()).start(() -> watch(onExit));
        }
    }

    /// With nobody to read its terminal it would stand still as soon as that is full.
    private void endUnread() {
        // it may not lead its process group yet
        Signal.KILL.send(pid());
        child.signal(Signal.KILL);
        drained.countDown();
        Thread.ofVirtual().name("discard " + pid()).start(this::release);
    }

    /// Leaves everything as it is until [#letGo]: what was read is in the log, what was not is in the terminal.
    HostState.Terminal hold(String session) {
        handling.lock();
        child.hold();
        return terminal(session);
    }

    HostState.Terminal terminal(String session) {
        return new HostState.Terminal(session, generation, pid(), child.master(), child.status(), ended);
    }

    void letGo() {
        child.letGo();
        handling.unlock();
    }

    long generation() {
        return generation;
    }

    long pid() {
        return child.pid();
    }

    private void pump(IntConsumer onExit) {
        Gathering gathering = new Gathering();
        try {
            while (pumpOnce(gathering)) {
                // parkNanos does not wait for 0
                LockSupport.parkNanos(gathering.pause(System.nanoTime()));
                if (!log.isUnsettled()) {
                    child.awaitOutput();
                } else if (!child.awaitOutput(ByteLog.SETTLE)) {
                    log.settle();
                }
            }
        } catch (IOException e) {
            LOG.warn("{}", e.getMessage());
        } finally {
            drained.countDown();
            endPumped(onExit);
        }
    }

    /// Tells the end itself, which would else wait for another thread's turn.
    private void endPumped(IntConsumer onExit) {
        try {
            tellEnd(child.awaitExit(), onExit);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        release();
    }

    /// Brings what there is into the log; false when there is to be no more.
    private boolean pumpOnce(Gathering gathering) throws IOException {
        while (true) {
            handling.lock();
            try {
                int count = child.readNow(buffer);
                if (count <= 0) {
                    return count == 0;
                }
                gathering.came(count, System.nanoTime());
                // what a grandchild says after its parent's end belongs to nobody
                if (!ended) {
                    noteTime();
                    log.append(buffer, count);
                }
                if (count == buffer.length && count < FLOOD) {
                    buffer = new byte[FLOOD];
                }
            } finally {
                handling.unlock();
            }
        }
    }

    /// Bytes are about to be appended, or its end is about to be told; nobody else appends.
    private void noteTime() {
        long now = System.currentTimeMillis();
        if (times.isDue(now)) {
            times.came(log.end(), now);
        }
    }

    private void release() {
        try {
            child.awaitExit();
            handling.lock();
            try {
                child.close();
            } finally {
                handling.unlock();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        over();
    }

    private void watch(IntConsumer onExit) {
        try {
            int status = child.awaitExit();
            awaitLastOutput();
            tellEnd(status, onExit);
            over();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// Once; whoever comes first.
    private void tellEnd(int status, IntConsumer onExit) {
        handling.lock();
        try {
            if (!ended) {
                noteTime();
                ended = true;
                log.mark(new Mark.Exited(generation, status));
                onExit.accept(status);
            }
        } finally {
            handling.unlock();
        }
    }

    private void over() {
        if (ended && child.master() < 0) {
            onOver.accept(this);
        }
    }

    private void awaitLastOutput() throws InterruptedException {
        for (int i = 0; i < LOOKS_FOR_LAST_OUTPUT; i++) {
            if (drained.await(LAST_OUTPUT.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
            if (child.isDrained()) {
                break;
            }
        }
        LOG.info("process {} has ended but something it started holds its terminal", pid());
    }

    /// What is to be typed into it.
    WriteQueue writes() {
        return writes;
    }

    void resize(int columns, int rows) {
        child.resize(columns, rows);
    }

    boolean signal(Signal signal) {
        return !ended && child.signal(signal);
    }
}

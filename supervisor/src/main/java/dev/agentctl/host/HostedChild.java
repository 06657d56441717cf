package dev.agentctl.host;

import dev.agentctl.pty.KeptThreads;
import dev.agentctl.pty.PtyChild;
import dev.agentctl.pty.PtyCommand;
import dev.agentctl.pty.PtyStartException;
import dev.agentctl.pty.Signal;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Optional;
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

/// One child of a session: its reader into the log, its writes in order, its end.
///
/// The end is the kernel's word on the process, not the end of output: a grandchild may hold the terminal open for
/// ever.
final class HostedChild {
    private static final Logger LOG = LoggerFactory.getLogger(HostedChild.class);
    /// How often it is looked, after the process has ended, whether its last output has been read, and for how long
    /// at most: a grandchild may hold the terminal and print for ever.
    private static final Duration LAST_OUTPUT = Duration.ofMillis(20);

    private static final int LOOKS_FOR_LAST_OUTPUT = 250;

    /// A child that reads nothing for this long gets no more of what was typed by then.
    private static final Duration WRITE_PATIENCE = Duration.ofSeconds(10);

    private static final int MOST_QUEUED = 1 << 20;
    /// As much as a terminal takes in one piece.
    private static final int AT_ONCE = 1 << 10;
    /// For one that prints more than that at once.
    private static final int FLOOD = 16 << 10;

    private final long generation;
    private final PtyChild child;
    private final ByteLog log;
    private final TimeLine times;
    private final ExecutorService writers;
    private final CountDownLatch drained = new CountDownLatch(1);
    private byte[] buffer = new byte[AT_ONCE]; // the reader's
    /// Held while bytes are between the terminal and the log, and while its end is told.
    private final ReentrantLock handling = new ReentrantLock();

    private final Consumer<HostedChild> onOver;
    private final ArrayDeque<Write> writes = new ArrayDeque<>(); // guarded by itself
    private int queuedBytes; // guarded by writes
    private volatile long progress = System.nanoTime();
    private volatile boolean ended;
    private volatile boolean hurried;

    /// @param done how many bytes of the same were put before these
    private record Write(byte[] bytes, int done, Consumer<HostReply> reply, long queued) {
        Write after(int written) {
            return new Write(Arrays.copyOfRange(bytes, written, bytes.length), done + written, reply, queued);
        }
    }

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
        this.writers = writers;
        this.onOver = onOver;
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

    /// Waits until nothing more is to be typed; what the child does not take is refused soon.
    void awaitWritten() throws InterruptedException {
        hurried = true;
        synchronized (writes) {
            while (!writes.isEmpty()) {
                writes.wait();
            }
        }
    }

    void takeTime() {
        hurried = false;
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

    /// Bytes are about to be appended; nobody else appends.
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

    /// Queues bytes for the terminal; `reply` is called when they are in it, or could not be put there.
    void write(byte[] bytes, Consumer<HostReply> reply) {
        Write write = new Write(bytes, 0, reply, System.nanoTime());
        switch (queue(write)) {
            case FIRST -> {
                if (!putAtOnce(write)) {
                    writers.execute(this::drainWrites);
                }
            }
            case BEHIND -> {
                // whoever writes now takes it next
            }
            case FULL ->
                reply.accept(new HostReply.Refused("the agent does not read its terminal; too much is queued", false));
        }
    }

    private enum Place {
        FIRST,
        BEHIND,
        FULL
    }

    private Place queue(Write write) {
        synchronized (writes) {
            if (queuedBytes + write.bytes.length > MOST_QUEUED) {
                return Place.FULL;
            }
            queuedBytes += write.bytes.length;
            writes.add(write);
            return writes.size() == 1 ? Place.FIRST : Place.BEHIND;
        }
    }

    /// A key goes into the terminal at once, by the thread that brings it, where there is room.
    ///
    /// @return whether nothing is left to be written
    private boolean putAtOnce(Write write) {
        if (write.bytes.length > AT_ONCE || ended) {
            return false;
        }
        int written = child.write(write.bytes, Duration.ZERO);
        if (written == write.bytes.length) {
            write.reply.accept(new HostReply.Done());
            return isLast(write);
        }
        synchronized (writes) {
            writes.remove();
            writes.addFirst(write.after(written));
            queuedBytes -= written;
        }
        return false;
    }

    private void drainWrites() {
        Write next;
        do {
            synchronized (writes) {
                next = writes.element();
            }
            next.reply.accept(put(next));
        } while (!isLast(next));
    }

    /// Takes what was written out of the queue.
    private boolean isLast(Write written) {
        synchronized (writes) {
            writes.remove();
            queuedBytes -= written.bytes.length;
            writes.notifyAll();
            return writes.isEmpty();
        }
    }

    private HostReply put(Write write) {
        Optional<String> objection = child.objection(write.bytes);
        if (objection.isPresent()) {
            return new HostReply.Refused("nothing was typed: " + objection.get(), true);
        }
        int written = ended ? 0 : child.write(write.bytes, patience(write), () -> hurried);
        if (written > 0) {
            progress = System.nanoTime();
        }
        return written == write.bytes.length
                ? new HostReply.Done()
                : stuck(write.done + written, write.done + write.bytes.length);
    }

    /// What was typed while the child did not read has waited already, and does not wait as long once more.
    private Duration patience(Write write) {
        long since = Math.max(progress - write.queued, 0) + write.queued;
        Duration left = WRITE_PATIENCE.minusNanos(System.nanoTime() - since);
        return left.isNegative() ? Duration.ZERO : left;
    }

    private HostReply stuck(int written, int length) {
        String why = ended ? "its process has ended" : "it does not read its terminal";
        return new HostReply.Refused(written + " of " + length + " bytes were typed: " + why, ended);
    }

    void resize(int columns, int rows) {
        child.resize(columns, rows);
    }

    boolean signal(Signal signal) {
        return !ended && child.signal(signal);
    }
}

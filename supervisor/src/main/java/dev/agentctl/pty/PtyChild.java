package dev.agentctl.pty;

import dev.agentctl.posix.CLibrary;
import dev.agentctl.posix.Descriptor;
import dev.agentctl.posix.Processes;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/// A process on its own pseudo-terminal.
///
/// One platform thread reads (a virtual thread would be pinned in the native read and starve the others), one thread
/// at a time writes, any thread may resize, signal or look.
public final class PtyChild {
    private static final int READ_SIZE = 16 << 10;
    private static final int WRITE_SIZE = 1 << 10;
    /// How soon somebody who hurries is noticed.
    private static final long A_LOOK_MILLIS = 100;

    private final Spawned spawned;
    private final int master;
    /// Freed by the collector: to close what threads share stops each thread of the process for a moment.
    private final Arena memory = Arena.ofAuto();
    private final MemorySegment readState = CLibrary.state(memory);
    private final MemorySegment readPoll = memory.allocate(8, 4);
    private final MemorySegment readBuffer = memory.allocate(READ_SIZE);
    private final MemorySegment writeState = CLibrary.state(memory);
    private final MemorySegment writePoll = memory.allocate(8, 4);
    private final MemorySegment writeBuffer = memory.allocate(WRITE_SIZE);
    private final ReentrantLock writing = new ReentrantLock();
    /// Held for moments only, by whoever uses the descriptor beside reader and writer, and by the close.
    private final ReentrantLock using = new ReentrantLock();
    /// Whether the reader waits, so that all it has read is handed over.
    private volatile boolean readerWaits;
    private volatile boolean closed;

    private PtyChild(Spawned spawned) {
        this.spawned = spawned;
        this.master = spawned.master();
        Master.setNonBlocking(master);
    }

    /// Starts the command as the leader of a new session on a new pseudo-terminal.
    ///
    /// @throws PtyStartException if the program or folder is missing, or the machine refuses
    public static PtyChild start(PtyCommand command) throws PtyStartException {
        return start(command, !PosixSpawn.isPossible());
    }

    /// @param forks whether this process is to be forked, for there is no [PosixSpawn]
    static PtyChild start(PtyCommand command, boolean forks) throws PtyStartException {
        requireFolder(command.directory());
        if (!Descriptors.enough()) {
            throw new PtyStartException("too few file descriptors are left (see ulimit -n) to start another", false);
        }
        String path = command.environment().getOrDefault("PATH", "/usr/local/bin:/usr/bin:/bin");
        Path program = Executable.resolve(command.argv().getFirst(), command.directory(), path);
        PtyChild child = new PtyChild(Spawned.start(command, program, forks));
        if (forks && !child.spawned.hasTerminal()) {
            child.giveUp();
            throw new PtyStartException("the machine gave no terminal (file descriptors exhausted)", false);
        }
        return child;
    }

    /// One that a former program of this process started, and handed over.
    ///
    /// @param status how it ended, where that one has collected it
    public static PtyChild adopt(long pid, int master, OptionalInt status) {
        return new PtyChild(Spawned.adopt(Math.toIntExact(pid), master, status));
    }

    /// Keeps what there is to be handed over as it is, until [#letGo]: an exit status is either [#status] or still the
    /// kernel's.
    public void hold() {
        spawned.hold();
    }

    public void letGo() {
        spawned.letGo();
    }

    /// How it ended, if its status was collected.
    public OptionalInt status() {
        return spawned.status();
    }

    /// The terminal's descriptor; -1 where it was freed.
    public int master() {
        return closed ? -1 : master;
    }

    /// pty4j would start the child in our own folder instead.
    private static void requireFolder(Path folder) throws PtyStartException {
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new PtyStartException(folder + " is no folder; mend the project's directory", true);
        }
        if (!Files.isDirectory(folder)) {
            throw new PtyStartException("no folder " + folder + "; create it or mend the project's directory", true);
        }
        if (!Files.isExecutable(folder)) {
            throw new PtyStartException("the folder " + folder + " may not be entered; see its permissions", true);
        }
    }

    private void giveUp() {
        signal(Signal.KILL);
        Thread.ofPlatform().daemon().name("discard " + pid()).start(() -> {
            try {
                close();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        });
    }

    public long pid() {
        return spawned.pid();
    }

    /// Waits for output. Returns the count of bytes put into `buffer`, or -1 when nobody holds the terminal any more.
    /// One platform thread only.
    public int read(byte[] buffer) throws IOException {
        int count = readNow(buffer);
        while (count == 0) {
            awaitOutput();
            count = readNow(buffer);
        }
        return count;
    }

    /// The same without waiting: 0 where there is nothing now.
    ///
    /// A terminal hands over at most 4 KiB at once, so under a flood this asks until it has nothing more or the
    /// buffer is full: whoever takes it has one large piece to handle and not sixteen.
    public int readNow(byte[] buffer) throws IOException {
        int room = Math.min(buffer.length, READ_SIZE);
        int got = 0;
        while (got < room) {
            int count = Descriptor.read(readState, master, readBuffer.asSlice(got, room - got));
            if (count > 0) {
                got += count;
            } else if (got > 0 || Master.wouldBlock(count)) {
                break;
            } else if (count == 0 || count == -Master.EIO) {
                return -1;
            } else if (count != -CLibrary.EINTR) {
                throw new IOException("cannot read the terminal of process " + pid() + ": errno " + -count);
            }
        }
        MemorySegment.copy(readBuffer, ValueLayout.JAVA_BYTE, 0, buffer, 0, got);
        return got;
    }

    /// Waits until there is something to read. Call only when all that was read is where it belongs.
    public void awaitOutput() {
        awaitOutput(-1);
    }

    /// The same for so long, in whole milliseconds; false when there was nothing.
    public boolean awaitOutput(Duration most) {
        return awaitOutput(Math.toIntExact(most.toMillis()));
    }

    private boolean awaitOutput(int millis) {
        readerWaits = true;
        boolean came = Descriptor.await(readState, readPoll, master, Descriptor.POLLIN, millis);
        readerWaits = false;
        return came;
    }

    /// Whether all that was printed so far has been read and handed over.
    public boolean isDrained() {
        using.lock();
        try (Arena arena = Arena.ofConfined()) {
            return closed
                    || (readerWaits
                            && !Descriptor.await(
                                    CLibrary.state(arena), arena.allocate(8, 4), master, Descriptor.POLLIN, 0)
                            && readerWaits);
        } finally {
            using.unlock();
        }
    }

    /// Writes all the bytes, waiting for a child that reads slowly, but no longer than `patience` without progress.
    ///
    /// @return how many bytes were written; fewer than given when the child does not read or is gone
    public int write(byte[] bytes, Duration patience) {
        return write(bytes, patience, () -> false);
    }

    /// The same, and waits no longer once `hurried` says so.
    public int write(byte[] bytes, Duration patience, BooleanSupplier hurried) {
        writing.lock();
        try {
            int written = 0;
            while (!closed && written < bytes.length) {
                int count = writeSome(bytes, written);
                if (count > 0) {
                    written += count;
                } else if (!Master.wouldBlock(count) && count != -CLibrary.EINTR) {
                    return written;
                } else if (!awaitRoom(patience, hurried)) {
                    return written;
                }
            }
            return written;
        } finally {
            writing.unlock();
        }
    }

    private boolean awaitRoom(Duration patience, BooleanSupplier hurried) {
        long left = patience.toMillis();
        do {
            if (Descriptor.await(
                    writeState, writePoll, master, Descriptor.POLLOUT, (int) Math.min(left, A_LOOK_MILLIS))) {
                return true;
            }
            left -= A_LOOK_MILLIS;
        } while (left > 0 && !hurried.getAsBoolean());
        return false;
    }

    private int writeSome(byte[] bytes, int from) {
        int length = Math.min(WRITE_SIZE, bytes.length - from);
        MemorySegment.copy(bytes, from, writeBuffer, ValueLayout.JAVA_BYTE, 0, length);
        return Master.write(writeState, master, writeBuffer.asSlice(0, length));
    }

    /// Why the terminal would silently cut these bytes, if it would: see [LineMode].
    public Optional<String> objection(byte[] bytes) {
        if (bytes.length <= LineMode.LONGEST) {
            return Optional.empty();
        }
        return lineMode()
                .flatMap(mode -> mode.tooLong(bytes))
                .map(length -> "its terminal takes whole lines of at most " + LineMode.LONGEST
                        + " bytes and would cut one of " + length);
    }

    private Optional<LineMode> lineMode() {
        using.lock();
        try {
            return closed ? Optional.empty() : Master.lineMode(master);
        } finally {
            using.unlock();
        }
    }

    /// Tells the terminal its size; the child gets SIGWINCH.
    public void resize(int columns, int rows) {
        using.lock();
        try {
            if (!closed && spawned.isAlive()) {
                spawned.resize(columns, rows);
            }
        } finally {
            using.unlock();
        }
    }

    /// Sends a signal to the child's process group; false when there is none.
    public boolean signal(Signal signal) {
        return Processes.kill(-spawned.pid(), signal.number());
    }

    /// Waits for the process to end. Its exit status; 128 + n after signal n.
    public int awaitExit() throws InterruptedException {
        return spawned.awaitExit();
    }

    /// Frees the terminal once the process has ended. Call only after the reader has ended.
    public void close() throws InterruptedException {
        awaitExit();
        writing.lock();
        using.lock();
        try {
            if (!closed) {
                closed = true;
                spawned.close();
            }
        } finally {
            using.unlock();
            writing.unlock();
        }
    }
}

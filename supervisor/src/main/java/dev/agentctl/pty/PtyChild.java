package dev.agentctl.pty;

import com.pty4j.PtyProcess;
import com.pty4j.PtyProcessBuilder;
import com.pty4j.WinSize;
import com.pty4j.unix.UnixPtyProcess;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/// A process on its own pseudo-terminal.
///
/// One platform thread reads (a virtual thread would be pinned in the native read and starve the others), one thread
/// at a time writes, any thread may resize or signal.
public final class PtyChild {
    private static final int READ_SIZE = 16 << 10;
    private static final int WRITE_SIZE = 1 << 10;

    private final UnixPtyProcess process;
    private final int master;
    private final Arena memory = Arena.ofShared();
    private final MemorySegment readState = Posix.state(memory);
    private final MemorySegment readPoll = memory.allocate(8, 4);
    private final MemorySegment readBuffer = memory.allocate(READ_SIZE);
    private final MemorySegment writeState = Posix.state(memory);
    private final MemorySegment writePoll = memory.allocate(8, 4);
    private final MemorySegment writeBuffer = memory.allocate(WRITE_SIZE);
    private final ReentrantLock writing = new ReentrantLock();
    private boolean closed; // guarded by writing

    private PtyChild(UnixPtyProcess process) {
        this.process = process;
        this.master = process.getPty().getMasterFD();
        Posix.setNonBlocking(master);
    }

    /// Starts the command as the leader of a new session on a new pseudo-terminal.
    ///
    /// @throws PtyStartException if the program or folder is missing, or the machine refuses
    public static PtyChild start(PtyCommand command) throws PtyStartException {
        if (!Files.isDirectory(command.directory())) {
            throw new PtyStartException(
                    "no folder " + command.directory() + "; create it or mend the project's directory", true);
        }
        if (!Descriptors.enough()) {
            throw new PtyStartException("too few file descriptors are left (see ulimit -n) to start another", false);
        }
        String path = command.environment().getOrDefault("PATH", "/usr/local/bin:/usr/bin:/bin");
        Path program = Executable.resolve(command.argv().getFirst(), command.directory(), path);
        UnixPtyProcess process = spawn(command, program);
        requireTerminal(process);
        return new PtyChild(process);
    }

    private static UnixPtyProcess spawn(PtyCommand command, Path program) throws PtyStartException {
        String[] argv = command.argv().toArray(String[]::new);
        argv[0] = program.toString();
        Map<String, String> environment = new HashMap<>(command.environment());
        environment.putIfAbsent("TERM", "xterm-256color");
        try {
            PtyProcess process = new PtyProcessBuilder(argv)
                    .setDirectory(command.directory().toString())
                    .setEnvironment(environment)
                    .setInitialColumns(command.columns())
                    .setInitialRows(command.rows())
                    .start();
            return (UnixPtyProcess) process;
        } catch (IOException e) {
            throw new PtyStartException("cannot start " + program + ": " + e.getMessage(), false);
        }
    }

    /// Out of descriptors, pty4j starts a child on /dev/ptmx itself: it never hangs up and hears nothing.
    private static void requireTerminal(UnixPtyProcess process) throws PtyStartException {
        Path input = Path.of("/proc/" + process.pid() + "/fd/0");
        if (!Files.exists(input, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try {
            if (Files.readSymbolicLink(input).toString().equals("/dev/ptmx")) {
                process.destroyForcibly();
                throw new PtyStartException("the machine gave no terminal (file descriptors exhausted)", false);
            }
        } catch (IOException _) {
            // it has already exited, or it has closed its input: either way it had one
        }
    }

    public long pid() {
        return process.pid();
    }

    /// Waits for output. Returns the count of bytes put into `buffer`, or -1 when nobody holds the terminal any more.
    /// One platform thread only.
    public int read(byte[] buffer) throws IOException {
        while (true) {
            MemorySegment room = readBuffer.asSlice(0, Math.min(buffer.length, READ_SIZE));
            int count = Posix.read(readState, master, room);
            if (count > 0) {
                MemorySegment.copy(readBuffer, ValueLayout.JAVA_BYTE, 0, buffer, 0, count);
                return count;
            }
            if (count == 0 || count == -Posix.EIO) {
                return -1;
            }
            if (Posix.wouldBlock(count)) {
                Posix.await(readState, readPoll, master, Posix.POLLIN, -1);
            } else if (count != -Posix.EINTR) {
                throw new IOException("cannot read the terminal of process " + pid() + ": errno " + -count);
            }
        }
    }

    /// Writes all the bytes, waiting for a child that reads slowly, but no longer than `patience` without progress.
    ///
    /// @return how many bytes were written; fewer than given when the child does not read or is gone
    public int write(byte[] bytes, Duration patience) {
        writing.lock();
        try {
            int written = 0;
            while (!closed && written < bytes.length) {
                int count = writeSome(bytes, written);
                if (count > 0) {
                    written += count;
                } else if (!Posix.wouldBlock(count) && count != -Posix.EINTR) {
                    return written;
                } else if (!Posix.await(
                        writeState, writePoll, master, Posix.POLLOUT, Math.toIntExact(patience.toMillis()))) {
                    return written;
                }
            }
            return written;
        } finally {
            writing.unlock();
        }
    }

    private int writeSome(byte[] bytes, int from) {
        int length = Math.min(WRITE_SIZE, bytes.length - from);
        MemorySegment.copy(bytes, from, writeBuffer, ValueLayout.JAVA_BYTE, 0, length);
        return Posix.write(writeState, master, writeBuffer.asSlice(0, length));
    }

    /// Tells the terminal its size; the child gets SIGWINCH.
    public void resize(int columns, int rows) {
        if (process.isAlive()) {
            process.setWinSize(new WinSize(columns, rows));
        }
    }

    /// Sends a signal to the child's process group; false when there is none.
    public boolean signal(Signal signal) {
        return Posix.kill(-Math.toIntExact(pid()), signal.number());
    }

    /// Waits for the process to end. Its exit status; 128 + n after signal n.
    public int awaitExit() throws InterruptedException {
        return process.waitFor();
    }

    /// Frees the terminal. Call only after [#awaitExit()] and after the reader has ended: a close that races with
    /// pty4j's reaper ends the read of another session (pty4j issue 181).
    public void close() {
        writing.lock();
        try {
            closed = true;
            process.getInputStream().close();
            process.getOutputStream().close();
            memory.close();
        } catch (IOException _) {
            // closed twice is closed
        } finally {
            writing.unlock();
        }
    }
}

package dev.agentctl.pty;

import com.pty4j.WinSize;
import com.pty4j.unix.Pty;
import com.pty4j.unix.PtyHelpers;
import dev.agentctl.posix.Descriptor;
import dev.agentctl.posix.SignalMask;
import dev.agentctl.posix.TimeSlice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A process that was started on a terminal of its own, and the thread that collects its exit status.
///
/// Of pty4j only the terminal is used, and its fork where there is no [PosixSpawn], but not its process: that gives the
/// terminal its size after the start (1 of 300 programs that ask at once saw 0 x 0), lets the child inherit the signals
/// that the virtual machine holds back (see [SignalMask]), and its reaper writes to a descriptor that may be another
/// session's by then, whose read ends with that (pty4j issue 181).
final class Spawned {
    /// Empty where a former program of this process started it.
    private final Optional<Pty> pty;

    private final int master;
    private final int pid;
    private final CompletableFuture<Integer> exit = new CompletableFuture<>();
    /// Held while its status is collected, which then is nowhere but here.
    private final ReentrantLock collecting = new ReentrantLock();

    private Spawned(Optional<Pty> pty, int master, int pid) {
        this.pty = pty;
        this.master = master;
        this.pid = pid;
    }

    /// A child that a former program of this process started.
    ///
    /// @param status where that one has collected it
    static Spawned adopt(int pid, int master, OptionalInt status) {
        Spawned adopted = new Spawned(Optional.empty(), master, pid);
        if (status.isPresent()) {
            adopted.exit.complete(status.getAsInt());
        } else {
            KeptThreads.run("child " + pid, adopted::collect);
        }
        return adopted;
    }

    /// @param program its absolute path; what else could go wrong in a forked process is checked already
    /// @param forks whether this process is to be forked, for there is no [PosixSpawn]
    static Spawned start(PtyCommand command, Path program, boolean forks) throws PtyStartException {
        CompletableFuture<Spawned> born = new CompletableFuture<>();
        // its thread lives as long as the child, and its environment is forgotten before
        AtomicReference<@Nullable PtyCommand> birth = new AtomicReference<>(command);
        try {
            KeptThreads.run("child " + program.getFileName(), () -> run(birth, program, forks, born));
        } catch (OutOfMemoryError e) {
            throw new PtyStartException("no more threads can be made; see ulimit -u and the free memory", false);
        }
        try {
            // not to be interrupted: a process that nobody knows of must not come to life
            return born.join();
        } catch (CompletionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            if (cause instanceof PtyStartException told) {
                throw told;
            }
            String reason = cause instanceof IOException ? cause.getMessage() : cause.toString();
            throw new PtyStartException("cannot start " + program + ": " + reason, false);
        }
    }

    private static void run(
            AtomicReference<@Nullable PtyCommand> birth, Path program, boolean forks, CompletableFuture<Spawned> born) {
        Spawned spawned;
        try {
            PtyCommand command = Objects.requireNonNull(birth.getAndSet(null));
            spawned = begin(command, program.toString(), forks);
        } catch (IOException | PtyStartException | RuntimeException | Error e) {
            // whoever waits must not wait for ever, whatever it was
            born.completeExceptionally(e);
            return;
        }
        born.complete(spawned);
        spawned.collect();
    }

    private void collect() {
        int status = ExitStatus.UNKNOWN;
        ExitStatus.awaitEnd(pid);
        collecting.lock();
        try {
            status = ExitStatus.await(pid);
        } finally {
            exit.complete(status);
            collecting.unlock();
        }
    }

    /// Collects no status until [#letGo], so that it is either here or still the kernel's.
    void hold() {
        collecting.lock();
    }

    void letGo() {
        collecting.unlock();
    }

    /// How it ended, if it has and its status was collected.
    OptionalInt status() {
        Integer status = exit.getNow(null);
        return status == null ? OptionalInt.empty() : OptionalInt.of(status);
    }

    private static Spawned begin(PtyCommand command, String program, boolean forks)
            throws IOException, PtyStartException {
        Pty pty = new Pty();
        // the child's is to be like anybody's
        long slice = TimeSlice.set(TimeSlice.USUAL);
        try {
            pty.setWindowSize(new WinSize(command.columns(), command.rows()), null);
            int pid = forks ? fork(command, program, pty) : spawn(command, program, pty);
            return new Spawned(Optional.of(pty), pty.getMasterFD(), pid);
        } catch (IOException | PtyStartException | RuntimeException e) {
            pty.close();
            throw e;
        } finally {
            TimeSlice.set(slice);
        }
    }

    private static int spawn(PtyCommand command, String program, Pty pty) throws PtyStartException {
        String folder = command.directory().toString();
        return PosixSpawn.start(program, argv(command, program), assignments(command), folder, pty.getSlaveName());
    }

    private static int fork(PtyCommand command, String program, Pty pty) throws IOException {
        String[] argv = argv(command, program);
        String[] assignments = assignments(command);
        String folder = command.directory().toString();
        int pid = SignalMask.withNothingBlocked(() -> PtyHelpers.execPty(
                program, argv, assignments, folder, pty.getSlaveName(), pty.getMasterFD(), null, -1, false));
        if (pid < 0) {
            throw new IOException("no more processes can be made; see ulimit -u and the free memory");
        }
        return pid;
    }

    private static String[] argv(PtyCommand command, String program) {
        String[] argv = command.argv().toArray(String[]::new);
        argv[0] = program;
        return argv;
    }

    private static String[] assignments(PtyCommand command) {
        Map<String, String> environment = new HashMap<>(command.environment());
        environment.putIfAbsent("TERM", "xterm-256color");
        return environment.entrySet().stream()
                .map(variable -> variable.getKey() + "=" + variable.getValue())
                .toArray(String[]::new);
    }

    int pid() {
        return pid;
    }

    int master() {
        return master;
    }

    boolean isAlive() {
        return !exit.isDone();
    }

    void resize(int columns, int rows) {
        Master.resize(master, columns, rows);
    }

    /// Waits for its end.
    int awaitExit() throws InterruptedException {
        try {
            return exit.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Whether one that was forked has a terminal: out of descriptors, pty4j starts a process on /dev/ptmx
    /// itself, where it hears nothing, never hangs up and outlives everything. [PosixSpawn] is not reached
    /// there, for no size can be given to a terminal that is not there.
    boolean hasTerminal() {
        Path input = Path.of("/proc/" + pid + "/fd/0");
        if (!Files.exists(input, LinkOption.NOFOLLOW_LINKS)) {
            return true;
        }
        try {
            return !Files.readSymbolicLink(input).toString().equals("/dev/ptmx");
        } catch (IOException _) {
            // it has already exited, or it has closed its input: either way it had one
            return true;
        }
    }

    /// Frees the terminal, once the process has ended.
    void close() throws InterruptedException {
        awaitExit();
        if (pty.isEmpty()) {
            Descriptor.close(master);
            return;
        }
        try {
            pty.get().close();
        } catch (IOException _) {
            // closed twice is closed
        }
    }
}

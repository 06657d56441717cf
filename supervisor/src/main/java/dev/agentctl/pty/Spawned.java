package dev.agentctl.pty;

import com.pty4j.WinSize;
import com.pty4j.unix.Pty;
import com.pty4j.unix.UnixPtyProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/// A process that pty4j has just started, with the two things that its builder does not let one have: a terminal that
/// had its size before the process began, and the thread that collects its exit status.
///
/// pty4j sets the size after the start: 1 of 300 programs that ask at once saw 0 x 0. And its reaper writes a byte to
/// a pipe of the terminal after it has told of the exit; a close before that lets the byte go to whatever has got the
/// descriptor meanwhile, which ends the read of another session (pty4j issue 181). So whoever closes waits for the
/// reaper. It cannot be had from pty4j, but it is the one thread that the start leaves behind in its thread group.
record Spawned(UnixPtyProcess process, @Nullable Thread reaper) {
    /// @param program its absolute path; what else could go wrong in the forked process is checked already
    static Spawned start(PtyCommand command, Path program) throws PtyStartException {
        ThreadGroup group = new ThreadGroup("pty");
        FutureTask<UnixPtyProcess> start = new FutureTask<>(() -> fork(command, program));
        new Thread(group, start, "start " + program.getFileName()).start();
        try {
            return new Spawned(get(start), reaperIn(group));
        } catch (IOException e) {
            throw new PtyStartException("cannot start " + program + ": " + e.getMessage(), false);
        }
    }

    private static UnixPtyProcess get(FutureTask<UnixPtyProcess> start) throws IOException {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return start.get();
                } catch (InterruptedException _) {
                    // a process that nobody knows of must not come to life
                    interrupted = true;
                } catch (ExecutionException e) {
                    Throwable cause = e.getCause();
                    throw cause instanceof IOException known ? known : new IOException(String.valueOf(cause), e);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @SuppressWarnings("deprecation") // the constructor that pty4j prefers makes the terminal itself, without a size
    private static UnixPtyProcess fork(PtyCommand command, Path program) throws IOException {
        String[] argv = command.argv().toArray(String[]::new);
        argv[0] = program.toString();
        Map<String, String> environment = new HashMap<>(command.environment());
        environment.putIfAbsent("TERM", "xterm-256color");
        String[] assignments = environment.entrySet().stream()
                .map(variable -> variable.getKey() + "=" + variable.getValue())
                .toArray(String[]::new);
        Pty pty = new Pty();
        try {
            pty.setWindowSize(new WinSize(command.columns(), command.rows()), null);
            return new UnixPtyProcess(argv, assignments, command.directory().toString(), pty, null, false);
        } catch (IOException e) {
            pty.close();
            throw e;
        }
    }

    /// The other thread of the group has ended or is about to, or it is the reaper.
    private static @Nullable Thread reaperIn(ThreadGroup group) {
        Thread[] threads = new Thread[4];
        int count = group.enumerate(threads, false);
        for (int i = 0; i < count; i++) {
            if (threads[i].getName().startsWith("[")) {
                return threads[i];
            }
        }
        return null;
    }

    /// Whether it has a terminal: out of descriptors, pty4j starts a process on /dev/ptmx itself, where it hears
    /// nothing, never hangs up and outlives everything.
    boolean hasTerminal() {
        Path input = Path.of("/proc/" + process.pid() + "/fd/0");
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

    /// Frees the terminal, once nothing of pty4j's uses it any more.
    void close() throws InterruptedException {
        process.waitFor();
        if (reaper != null) {
            reaper.join();
        }
        try {
            process.getPty().close();
        } catch (IOException _) {
            // closed twice is closed
        }
    }
}

package dev.agentctl.wire;

import dev.agentctl.posix.CLibrary;
import dev.agentctl.posix.Descriptor;
import dev.agentctl.posix.Processes;
import dev.agentctl.posix.SignalMask;
import dev.agentctl.posix.Spawn;
import dev.agentctl.posix.TimeSlice;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/// Stands by while a role's process becomes another program, and becomes the role's former program where the process
/// dies over it: a shell of 1 MB that holds the same descriptors, so that no terminal hangs up and whoever connects
/// waits.
///
/// It waits for the end of a pipe whose other end only the role's process has. Where the hand-over's file is gone by
/// then, its successor has taken over, and the guard just ends. That it is still there and another process may serve
/// the role all the same does no harm: the role's lock decides, which the guard does not hold.
final class Guard implements AutoCloseable {
    private static final String SHELL = "/bin/sh";
    private static final String SCRIPT =
            "read -r _ <\"/proc/self/fd/$1\"; [ -e \"$2\" ] || exit 0; shift 2; exec \"$@\"";
    private static final int O_CLOEXEC = 0x80000;
    private static final int SIGKILL = 9;

    private static final MethodHandle PIPE = CLibrary.plainCall(
            "pipe2", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT));

    private final int pid;
    private final int descriptor;

    private Guard(int pid, int descriptor) {
        this.pid = pid;
        this.descriptor = descriptor;
    }

    /// Posts one.
    ///
    /// @param revival the command line of the role's former program
    /// @param file the hand-over, which is there
    /// @param held the descriptors that it keeps open beside the standard ones
    /// @throws IOException if the machine has no room for it
    static Guard post(List<String> revival, Path file, Set<Integer> held) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment ends = arena.allocate(ValueLayout.JAVA_INT, 2);
            if ((int) PIPE.invokeExact(ends, O_CLOEXEC) != 0) {
                throw new IOException("no pipe can be made for the guard of the upgrade; see ulimit -n");
            }
            int reading = ends.getAtIndex(ValueLayout.JAVA_INT, 0);
            int writing = ends.getAtIndex(ValueLayout.JAVA_INT, 1);
            Set<Integer> open = new HashSet<>(held);
            open.add(reading);
            Exec.keepOpen(open);
            List<String> command = new ArrayList<>(
                    List.of(SHELL, "-c", SCRIPT, "agentctl-guard", Integer.toString(reading), file.toString()));
            command.addAll(revival);
            int pid = TimeSlice.withUsual(() -> spawn(arena, command));
            Descriptor.close(reading);
            if (pid < 0) {
                Descriptor.close(writing);
                throw new IOException("the guard of the upgrade cannot be started; see ulimit -u and the free memory");
            }
            return new Guard(pid, writing);
        } catch (IOException e) {
            throw e;
        } catch (Throwable e) {
            throw CLibrary.unexpected(e);
        }
    }

    private static int spawn(Arena arena, List<String> command) {
        MemorySegment pid = arena.allocate(ValueLayout.JAVA_INT);
        MemorySegment arguments = CLibrary.strings(arena, command);
        int failed = SignalMask.withNothingBlocked(() -> Spawn.run(
                pid,
                arguments.getAtIndex(ValueLayout.ADDRESS, 0),
                MemorySegment.NULL,
                MemorySegment.NULL,
                arguments,
                environment()));
        return failed == 0 ? pid.get(ValueLayout.JAVA_INT, 0) : -1;
    }

    @SuppressWarnings("restricted") // one pointer of the C library's
    private static MemorySegment environment() {
        return CLibrary.symbol("environ")
                .reinterpret(ValueLayout.ADDRESS.byteSize())
                .get(ValueLayout.ADDRESS, 0);
    }

    /// Its end of the pipe, which is to stay open for as long as it is to stand by.
    int descriptor() {
        return descriptor;
    }

    /// Lets the guard that a former program of this process has posted go: all is taken over, and the hand-over's file
    /// is gone.
    static void release(int descriptor) {
        if (descriptor >= 0) {
            Descriptor.close(descriptor);
        }
    }

    /// Takes it back: this program goes on.
    @Override
    public void close() {
        boolean _ = Processes.kill(pid, SIGKILL);
        OptionalInt _ = Processes.collect(pid);
        Descriptor.close(descriptor);
    }
}

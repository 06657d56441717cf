package dev.agentctl.wire;

import java.io.IOException;
import java.lang.foreign.AddressLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
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

    private static final AddressLayout POINTER = ValueLayout.ADDRESS;
    private static final Linker LINKER = Linker.nativeLinker();
    private static final SymbolLookup LIBRARY = LINKER.defaultLookup();
    private static final MethodHandle SPAWN = call("posix_spawn", POINTER, POINTER, POINTER, POINTER, POINTER, POINTER);
    private static final MethodHandle PIPE = call("pipe2", POINTER, ValueLayout.JAVA_INT);
    private static final MethodHandle CLOSE = call("close", ValueLayout.JAVA_INT);
    private static final MethodHandle KILL = call("kill", ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);
    private static final MethodHandle WAIT = call("waitpid", ValueLayout.JAVA_INT, POINTER, ValueLayout.JAVA_INT);

    private final int pid;
    private final int descriptor;

    private Guard(int pid, int descriptor) {
        this.pid = pid;
        this.descriptor = descriptor;
    }

    @SuppressWarnings("restricted") // calling the C library is what this class is for
    private static MethodHandle call(String name, java.lang.foreign.MemoryLayout... parameters) {
        return LINKER.downcallHandle(
                LIBRARY.findOrThrow(name), FunctionDescriptor.of(ValueLayout.JAVA_INT, parameters));
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
            int pid = spawn(arena, command);
            close(reading);
            if (pid < 0) {
                close(writing);
                throw new IOException("the guard of the upgrade cannot be started; see ulimit -u and the free memory");
            }
            return new Guard(pid, writing);
        } catch (IOException e) {
            throw e;
        } catch (Throwable e) {
            throw Exec.unexpected(e);
        }
    }

    private static int spawn(Arena arena, List<String> command) throws Throwable {
        MemorySegment pid = arena.allocate(ValueLayout.JAVA_INT);
        MemorySegment arguments = Exec.strings(arena, command);
        MemorySegment before = Exec.setMask(arena, arena.allocate(Exec.SET_SIZE, 8));
        int failed = (int) SPAWN.invokeExact(
                pid,
                arguments.getAtIndex(Exec.STRING, 0),
                MemorySegment.NULL,
                MemorySegment.NULL,
                arguments,
                environment());
        MemorySegment _ = Exec.setMask(arena, before);
        return failed == 0 ? pid.get(ValueLayout.JAVA_INT, 0) : -1;
    }

    @SuppressWarnings("restricted") // one pointer of the C library's
    private static MemorySegment environment() {
        return LIBRARY.findOrThrow("environ").reinterpret(POINTER.byteSize()).get(POINTER, 0);
    }

    /// Its end of the pipe, which is to stay open for as long as it is to stand by.
    int descriptor() {
        return descriptor;
    }

    /// Lets the guard that a former program of this process has posted go: all is taken over, and the hand-over's file
    /// is gone.
    static void release(int descriptor) {
        if (descriptor >= 0) {
            close(descriptor);
        }
    }

    private static void close(int descriptor) {
        try {
            int _ = (int) CLOSE.invokeExact(descriptor);
        } catch (Throwable e) {
            throw Exec.unexpected(e);
        }
    }

    /// Takes it back: this program goes on.
    @Override
    public void close() {
        try {
            int _ = (int) KILL.invokeExact(pid, SIGKILL);
            int _ = (int) WAIT.invokeExact(pid, MemorySegment.NULL, 0);
        } catch (Throwable e) {
            throw Exec.unexpected(e);
        }
        close(descriptor);
    }
}

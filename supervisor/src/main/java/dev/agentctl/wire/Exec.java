package dev.agentctl.wire;

import java.io.File;
import java.io.IOException;
import java.lang.foreign.AddressLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Puts another program in the place of this one, within the same process: its id, its children, its environment and
/// the descriptors that are named remain; all other threads end (execve(2)).
@SuppressWarnings("restricted") // calling the C library is what this class is for
public final class Exec {
    private static final int F_SETFD = 2;
    private static final int FD_CLOEXEC = 1;
    private static final int SIG_SETMASK = 2;
    private static final int SOL_SOCKET = 1;
    private static final int SO_ACCEPTCONN = 30;
    private static final int SO_DOMAIN = 39;
    private static final int AF_UNIX = 1;
    /// Room for any system's `sigset_t`; all zeros is the empty set.
    static final int SET_SIZE = 128;

    private static final File OPEN = new File("/proc/self/fd");
    static final AddressLayout STRING = ValueLayout.ADDRESS;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final SymbolLookup LIBRARY = LINKER.defaultLookup();
    private static final MemoryLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));
    private static final MethodHandle EXECV = LINKER.downcallHandle(
            LIBRARY.findOrThrow("execv"),
            FunctionDescriptor.of(ValueLayout.JAVA_INT, STRING, ValueLayout.ADDRESS),
            Linker.Option.captureCallState("errno"));
    private static final MethodHandle FCNTL = LINKER.downcallHandle(
            LIBRARY.findOrThrow("fcntl"),
            FunctionDescriptor.of(
                    ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT),
            Linker.Option.firstVariadicArg(2));
    private static final MethodHandle DUP2 = LINKER.downcallHandle(
            LIBRARY.findOrThrow("dup2"),
            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
    private static final MethodHandle GETSOCKOPT = LINKER.downcallHandle(
            LIBRARY.findOrThrow("getsockopt"),
            FunctionDescriptor.of(
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_INT,
                    ValueLayout.ADDRESS,
                    ValueLayout.ADDRESS));
    private static final MethodHandle SIGMASK = LINKER.downcallHandle(
            LIBRARY.findOrThrow("pthread_sigmask"),
            FunctionDescriptor.of(
                    ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS));

    private Exec() {}

    /// The command line of this process.
    public static List<String> ownCommand() throws IOException {
        String line = Files.readString(Path.of("/proc/self/cmdline"));
        return List.of(line.substring(0, line.lastIndexOf('\0')).split("\0", -1));
    }

    /// The descriptor that this process has open of a file; -1 where it has none.
    static int of(Path file) throws IOException {
        Path wanted = file.toRealPath();
        for (int descriptor : open()) {
            if (wanted.equals(target(descriptor))) {
                return descriptor;
            }
        }
        return -1;
    }

    /// The descriptor of the one Unix socket that this process listens at; -1 where there is none.
    static int listening() {
        try (Arena arena = Arena.ofConfined()) {
            for (int descriptor : open()) {
                if (option(arena, descriptor, SO_ACCEPTCONN) == 1 && option(arena, descriptor, SO_DOMAIN) == AF_UNIX) {
                    return descriptor;
                }
            }
            return -1;
        }
    }

    /// An option of a socket; -1 where the descriptor is none.
    private static int option(Arena arena, int descriptor, int name) {
        MemorySegment value = arena.allocate(ValueLayout.JAVA_INT);
        MemorySegment size = arena.allocate(ValueLayout.JAVA_INT);
        size.set(ValueLayout.JAVA_INT, 0, Integer.BYTES);
        try {
            int failed = (int) GETSOCKOPT.invokeExact(descriptor, SOL_SOCKET, name, value, size);
            return failed == 0 ? value.get(ValueLayout.JAVA_INT, 0) : -1;
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    private static List<Integer> open() {
        List<Integer> open = new ArrayList<>();
        String[] all = OPEN.list();
        for (String each : all == null ? new String[0] : all) {
            open.add(Integer.parseInt(each));
        }
        return open;
    }

    private static Path target(int descriptor) {
        try {
            return Files.readSymbolicLink(OPEN.toPath().resolve(Integer.toString(descriptor)));
        } catch (IOException _) {
            // closed since
            return OPEN.toPath();
        }
    }

    /// Makes standard input another name of an open descriptor.
    static void becomeInput(int descriptor) {
        try {
            int _ = (int) DUP2.invokeExact(descriptor, 0);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /// Runs the program from now on. Java opens files and sockets such that they would outlive this; all but the three
    /// standard ones and `kept` are closed by it.
    ///
    /// @throws IOException if the kernel refuses; then nothing has happened
    public static void run(List<String> command, Set<Integer> kept) throws IOException {
        keepOpen(kept);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment arguments = strings(arena, command);
            MemorySegment state = arena.allocate(STATE);
            // the machine holds SIGQUIT back in this thread, and what is held back stays so over exec
            MemorySegment before = setMask(arena, arena.allocate(SET_SIZE, 8));
            int _ = (int) EXECV.invokeExact(state, arguments.getAtIndex(STRING, 0), arguments);
            int errno = (int) ERRNO.get(state, 0L);
            MemorySegment _ = setMask(arena, before);
            throw new IOException("cannot run " + command.getFirst() + ": errno " + errno);
        } catch (IOException e) {
            throw e;
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /// Of the descriptors beyond the three standard ones, only these get to a program that is run.
    static void keepOpen(Set<Integer> kept) {
        for (int descriptor : open()) {
            if (descriptor > 2) {
                setFlags(descriptor, kept.contains(descriptor) ? 0 : FD_CLOEXEC);
            }
        }
    }

    /// An array of pointers to them, and a null pointer.
    static MemorySegment strings(Arena arena, List<String> all) {
        MemorySegment pointers = arena.allocate(STRING, all.size() + 1L);
        for (int i = 0; i < all.size(); i++) {
            pointers.setAtIndex(STRING, i, arena.allocateFrom(all.get(i)));
        }
        return pointers;
    }

    private static void setFlags(int descriptor, int flags) {
        try {
            // fails for the one that listed the descriptors, which is closed by now
            int _ = (int) FCNTL.invokeExact(descriptor, F_SETFD, flags);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /// Gives the mask that was there before.
    static MemorySegment setMask(Arena arena, MemorySegment mask) throws Throwable {
        MemorySegment before = arena.allocate(SET_SIZE, 8);
        int _ = (int) SIGMASK.invokeExact(SIG_SETMASK, mask, before);
        return before;
    }

    static RuntimeException unexpected(Throwable e) {
        return e instanceof RuntimeException known ? known : new IllegalStateException(e);
    }
}

package dev.agentctl.wire;

import dev.agentctl.posix.CLibrary;
import dev.agentctl.posix.Descriptor;
import dev.agentctl.posix.SignalMask;
import dev.agentctl.posix.TimeSlice;
import java.io.File;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/// Puts another program in the place of this one, within the same process: its id, its children, its environment and
/// the descriptors that are named remain; all other threads end (execve(2)).
public final class Exec {
    private static final int F_SETFD = 2;
    private static final int FD_CLOEXEC = 1;
    private static final int SOL_SOCKET = 1;
    private static final int SO_ACCEPTCONN = 30;
    private static final int SO_DOMAIN = 39;
    private static final int AF_UNIX = 1;
    /// `struct sockaddr_un`, and a zero in any case; where its path begins.
    private static final int ADDRESS_SIZE = 112;

    private static final int PATH = 2;
    /// In which Java writes the names of files.
    private static final Charset NAMES =
            Charset.forName(Objects.requireNonNullElse(System.getProperty("sun.jnu.encoding"), "UTF-8"));

    private static final File OPEN = new File("/proc/self/fd");

    private static final MethodHandle EXECV = CLibrary.call(
            "execv", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS));
    private static final MethodHandle DUP2 = CLibrary.plainCall(
            "dup2", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
    private static final MethodHandle GETSOCKNAME = CLibrary.plainCall(
            "getsockname",
            FunctionDescriptor.of(
                    ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS));
    private static final MethodHandle GETSOCKOPT = CLibrary.plainCall(
            "getsockopt",
            FunctionDescriptor.of(
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_INT,
                    ValueLayout.ADDRESS,
                    ValueLayout.ADDRESS));

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

    /// The descriptor of the Unix socket that this process listens at under that name; -1 where there is none.
    ///
    /// @param socket as it was bound
    static int listening(Path socket) {
        try (Arena arena = Arena.ofConfined()) {
            for (int descriptor : open()) {
                if (option(arena, descriptor, SO_ACCEPTCONN) == 1
                        && option(arena, descriptor, SO_DOMAIN) == AF_UNIX
                        && name(arena, descriptor).equals(socket.toString())) {
                    return descriptor;
                }
            }
            return -1;
        }
    }

    /// The path that a Unix socket is bound to (unix(7)); empty for none.
    private static String name(Arena arena, int descriptor) {
        MemorySegment address = arena.allocate(ADDRESS_SIZE, 8);
        MemorySegment size = arena.allocate(ValueLayout.JAVA_INT);
        size.set(ValueLayout.JAVA_INT, 0, ADDRESS_SIZE);
        try {
            int failed = (int) GETSOCKNAME.invokeExact(descriptor, address, size);
            return failed == 0 ? address.getString(PATH, NAMES) : "";
        } catch (Throwable e) {
            throw CLibrary.unexpected(e);
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
            throw CLibrary.unexpected(e);
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
            throw CLibrary.unexpected(e);
        }
    }

    /// Runs the program from now on. Java opens files and sockets such that they would outlive this; all but the three
    /// standard ones and `kept` are closed by it.
    ///
    /// @throws IOException if the kernel refuses; then nothing has happened
    public static void run(List<String> command, Set<Integer> kept) throws IOException {
        keepOpen(kept);
        // that of the program's compilers is to be no shorter than any
        long slice = TimeSlice.set(TimeSlice.USUAL);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment arguments = CLibrary.strings(arena, command);
            MemorySegment state = CLibrary.state(arena);
            // what is held back in this thread stays so over exec
            int _ = SignalMask.withNothingBlocked(() -> become(state, arguments));
            throw new IOException("cannot run " + command.getFirst() + ": errno " + CLibrary.errno(state));
        } finally {
            TimeSlice.set(slice);
        }
    }

    /// Comes back only where it fails.
    private static int become(MemorySegment state, MemorySegment arguments) {
        try {
            return (int) EXECV.invokeExact(state, arguments.getAtIndex(ValueLayout.ADDRESS, 0), arguments);
        } catch (Throwable e) {
            throw CLibrary.unexpected(e);
        }
    }

    /// Of the descriptors beyond the three standard ones, only these get to a program that is run.
    static void keepOpen(Set<Integer> kept) {
        for (int descriptor : open()) {
            if (descriptor > 2) {
                // fails for the one that listed the descriptors, which is closed by now
                int _ = Descriptor.control(descriptor, F_SETFD, kept.contains(descriptor) ? 0 : FD_CLOEXEC);
            }
        }
    }
}

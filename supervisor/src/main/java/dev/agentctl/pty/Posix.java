package dev.agentctl.pty;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import java.util.Optional;

/// The few POSIX calls that pty4j does not offer in the form we need: reads that end at EIO and not at the reaper's
/// word, writes that never block for ever, and signals to a group.
@SuppressWarnings("restricted") // calling the C library is what this class is for
final class Posix {
    static final short POLLIN = 1;
    static final short POLLOUT = 4;
    static final int EINTR = 4;
    static final int EIO = 5;
    static final int EAGAIN = 11;
    private static final int EAGAIN_BSD = 35;
    private static final int F_GETFL = 3;
    private static final int F_SETFL = 4;
    private static final int O_NONBLOCK_LINUX = 0x800;
    private static final int O_NONBLOCK_BSD = 0x4;
    /// Room for any system's `struct termios`; where its input and local flags lie on Linux.
    private static final int TERMIOS_SIZE = 256;

    private static final int INPUT_FLAGS = 0;
    private static final int LOCAL_FLAGS = 12;
    private static final int ICRNL = 0x100;
    private static final int ICANON = 0x2;
    private static final boolean LINUX =
            Objects.toString(System.getProperty("os.name")).startsWith("Linux");

    private static final Linker LINKER = Linker.nativeLinker();
    private static final Linker.Option ERRNO = Linker.Option.captureCallState("errno");
    private static final MemoryLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO_FIELD = STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

    private static final MethodHandle READ = call(
            "read",
            FunctionDescriptor.of(
                    ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG));
    private static final MethodHandle WRITE = call(
            "write",
            FunctionDescriptor.of(
                    ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG));
    private static final MethodHandle POLL = call(
            "poll",
            FunctionDescriptor.of(
                    ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT));
    private static final MethodHandle KILL =
            call("kill", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
    private static final MethodHandle TCGETATTR =
            call("tcgetattr", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS));
    private static final MethodHandle FCNTL = LINKER.downcallHandle(
            LINKER.defaultLookup().findOrThrow("fcntl"),
            FunctionDescriptor.of(
                    ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT),
            Linker.Option.firstVariadicArg(2));

    private static final MethodHandle IOCTL = LINKER.downcallHandle(
            LINKER.defaultLookup().findOrThrow("ioctl"),
            FunctionDescriptor.of(
                    ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.ADDRESS),
            Linker.Option.firstVariadicArg(2));
    private static final MethodHandle CLOSE =
            call("close", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
    private static final long TIOCSWINSZ = LINUX ? 0x5414L : 0x80087467L;

    private Posix() {}

    static MethodHandle call(String name, FunctionDescriptor descriptor) {
        return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), descriptor, ERRNO);
    }

    /// The same for one that returns its error.
    static MethodHandle plainCall(String name, FunctionDescriptor descriptor) {
        return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), descriptor);
    }

    static boolean has(String name) {
        return LINKER.defaultLookup().find(name).isPresent();
    }

    static boolean isLinux() {
        return LINUX;
    }

    /// Memory for the errno of one thread's calls.
    static MemorySegment state(Arena arena) {
        return arena.allocate(STATE);
    }

    /// The count that was read, 0 at end of file, or minus the errno.
    static int read(MemorySegment state, int descriptor, MemorySegment buffer) {
        try {
            long count = (long) READ.invokeExact(state, descriptor, buffer, buffer.byteSize());
            return count < 0 ? -errno(state) : (int) count;
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /// The count that was written, or minus the errno.
    static int write(MemorySegment state, int descriptor, MemorySegment bytes) {
        try {
            long count = (long) WRITE.invokeExact(state, descriptor, bytes, bytes.byteSize());
            return count < 0 ? -errno(state) : (int) count;
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /// Waits until `descriptor` has one of `events`, or has hung up; false when `millis` have passed (-1: for ever).
    static boolean await(MemorySegment state, MemorySegment pollfd, int descriptor, short events, int millis) {
        pollfd.set(ValueLayout.JAVA_INT, 0, descriptor);
        pollfd.set(ValueLayout.JAVA_SHORT, 4, events);
        pollfd.set(ValueLayout.JAVA_SHORT, 6, (short) 0);
        try {
            return (int) POLL.invokeExact(state, pollfd, 1L, millis) != 0;
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /// Sends a signal to process `pid`, or to the group `-pid`; false when there is none.
    static boolean kill(int pid, int signal) {
        try (Arena arena = Arena.ofConfined()) {
            return (int) KILL.invokeExact(state(arena), pid, signal) == 0;
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static void setNonBlocking(int descriptor) {
        try {
            int flags = (int) FCNTL.invokeExact(descriptor, F_GETFL, 0);
            int nonBlocking = LINUX ? O_NONBLOCK_LINUX : O_NONBLOCK_BSD;
            int ignored = (int) FCNTL.invokeExact(descriptor, F_SETFL, flags | nonBlocking);
            if (ignored < 0) {
                throw new IllegalStateException("fcntl failed on descriptor " + descriptor);
            }
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /// How the terminal behind a master gathers lines; empty where its program reads each byte as it comes.
    static Optional<LineMode> lineMode(int descriptor) {
        if (!LINUX) {
            return Optional.empty();
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment termios = arena.allocate(TERMIOS_SIZE, 8);
            if ((int) TCGETATTR.invokeExact(state(arena), descriptor, termios) != 0
                    || (termios.get(ValueLayout.JAVA_INT, LOCAL_FLAGS) & ICANON) == 0) {
                return Optional.empty();
            }
            return Optional.of(new LineMode((termios.get(ValueLayout.JAVA_INT, INPUT_FLAGS) & ICRNL) != 0));
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /// Tells a terminal its size.
    static void resize(int descriptor, int columns, int rows) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment size = arena.allocate(ValueLayout.JAVA_SHORT, 4);
            size.setAtIndex(ValueLayout.JAVA_SHORT, 0, (short) rows);
            size.setAtIndex(ValueLayout.JAVA_SHORT, 1, (short) columns);
            int failed = (int) IOCTL.invokeExact(descriptor, TIOCSWINSZ, size);
            if (failed < 0) {
                throw new IllegalStateException("ioctl failed on descriptor " + descriptor);
            }
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static void close(int descriptor) {
        try (Arena arena = Arena.ofConfined()) {
            int _ = (int) CLOSE.invokeExact(state(arena), descriptor);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static boolean wouldBlock(int result) {
        return result == -EAGAIN || result == -EAGAIN_BSD;
    }

    static int errno(MemorySegment state) {
        return (int) ERRNO_FIELD.get(state, 0L);
    }

    static RuntimeException unexpected(Throwable e) {
        return e instanceof RuntimeException known ? known : new IllegalStateException(e);
    }
}

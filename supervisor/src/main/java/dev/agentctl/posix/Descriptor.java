package dev.agentctl.posix;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/// What is open in this process, by its number.
public final class Descriptor {
    /// There is something to read, or room to write.
    public static final short POLLIN = 1;

    public static final short POLLOUT = 4;

    private static final MethodHandle POLL = CLibrary.call(
            "poll",
            FunctionDescriptor.of(
                    ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT));
    private static final MethodHandle FCNTL = CLibrary.variadicCall(
            "fcntl",
            FunctionDescriptor.of(
                    ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT),
            2);
    /// Not for a program that is started meanwhile.
    private static final int O_CLOEXEC_LINUX = 0x80000;

    private static final int O_CLOEXEC_BSD = 0x1000000;
    private static final MethodHandle OPEN = CLibrary.call(
            "open", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT));
    private static final MethodHandle READ = CLibrary.call(
            "read",
            FunctionDescriptor.of(
                    ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG));
    private static final MethodHandle CLOSE =
            CLibrary.call("close", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));

    private Descriptor() {}

    /// Waits until `descriptor` has one of `events`, or has hung up; false when `millis` have passed (-1: for ever).
    ///
    /// @param state see [CLibrary#state]
    /// @param pollfd eight bytes for the call
    public static boolean await(MemorySegment state, MemorySegment pollfd, int descriptor, short events, int millis) {
        pollfd.set(ValueLayout.JAVA_INT, 0, descriptor);
        pollfd.set(ValueLayout.JAVA_SHORT, 4, events);
        pollfd.set(ValueLayout.JAVA_SHORT, 6, (short) 0);
        try {
            return (int) POLL.invokeExact(state, pollfd, 1L, millis) != 0;
        } catch (Throwable e) {
            throw CLibrary.unexpected(e);
        }
    }

    /// What fcntl(2) gives; less than 0 when it fails.
    public static int control(int descriptor, int command, int argument) {
        try {
            return (int) FCNTL.invokeExact(descriptor, command, argument);
        } catch (Throwable e) {
            throw CLibrary.unexpected(e);
        }
    }

    /// Opens a file to be read. Its descriptor, or minus the errno.
    ///
    /// @param state see [CLibrary#state]
    /// @param path ends with a zero
    public static int open(MemorySegment state, MemorySegment path) {
        try {
            int descriptor = (int) OPEN.invokeExact(state, path, CLibrary.isLinux() ? O_CLOEXEC_LINUX : O_CLOEXEC_BSD);
            return descriptor < 0 ? -CLibrary.errno(state) : descriptor;
        } catch (Throwable e) {
            throw CLibrary.unexpected(e);
        }
    }

    /// The count that was read, 0 at end of file, or minus the errno.
    ///
    /// @param state see [CLibrary#state]
    public static int read(MemorySegment state, int descriptor, MemorySegment buffer) {
        try {
            long count = (long) READ.invokeExact(state, descriptor, buffer, buffer.byteSize());
            return count < 0 ? -CLibrary.errno(state) : (int) count;
        } catch (Throwable e) {
            throw CLibrary.unexpected(e);
        }
    }

    public static void close(int descriptor) {
        try (Arena arena = Arena.ofConfined()) {
            close(CLibrary.state(arena), descriptor);
        }
    }

    /// The same, with a [CLibrary#state] that is there already.
    public static void close(MemorySegment state, int descriptor) {
        try {
            int _ = (int) CLOSE.invokeExact(state, descriptor);
        } catch (Throwable e) {
            throw CLibrary.unexpected(e);
        }
    }
}

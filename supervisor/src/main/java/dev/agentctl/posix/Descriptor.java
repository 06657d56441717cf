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

    public static void close(int descriptor) {
        try (Arena arena = Arena.ofConfined()) {
            int _ = (int) CLOSE.invokeExact(CLibrary.state(arena), descriptor);
        } catch (Throwable e) {
            throw CLibrary.unexpected(e);
        }
    }
}

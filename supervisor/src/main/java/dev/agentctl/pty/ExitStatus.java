package dev.agentctl.pty;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/// How a child of ours ended, as a shell says it: its own exit status, or 128 + n after signal n (waitpid(2)).
final class ExitStatus {
    /// Somebody else has collected it.
    static final int UNKNOWN = 255;

    private static final int SIGNAL_BITS = 0x7f;

    private static final MethodHandle WAITPID = Posix.call(
            "waitpid",
            FunctionDescriptor.of(
                    ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT));

    private ExitStatus() {}

    /// Waits for the end of process `pid`. Platform threads only.
    static int await(int pid) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = Posix.state(arena);
            MemorySegment status = arena.allocate(ValueLayout.JAVA_INT);
            int ended = (int) WAITPID.invokeExact(state, pid, status, 0);
            while (ended < 0 && Posix.errno(state) == Posix.EINTR) {
                ended = (int) WAITPID.invokeExact(state, pid, status, 0);
            }
            return ended < 0 ? UNKNOWN : of(status.get(ValueLayout.JAVA_INT, 0));
        } catch (Throwable e) {
            throw Posix.unexpected(e);
        }
    }

    private static int of(int status) {
        int signal = status & SIGNAL_BITS;
        return signal == 0 ? (status >> 8) & 0xff : 128 + signal;
    }
}

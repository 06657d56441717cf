package dev.agentctl.posix;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.OptionalInt;

/// Processes by their numbers: signals to them, and how they ended.
public final class Processes {
    private static final MethodHandle KILL = CLibrary.call(
            "kill", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
    private static final MethodHandle WAITPID = CLibrary.call(
            "waitpid",
            FunctionDescriptor.of(
                    ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT));

    private Processes() {}

    /// Sends a signal to process `pid`, or to the group `-pid`; false when there is none.
    public static boolean kill(int pid, int signal) {
        try (Arena arena = Arena.ofConfined()) {
            return (int) KILL.invokeExact(CLibrary.state(arena), pid, signal) == 0;
        } catch (Throwable e) {
            throw CLibrary.unexpected(e);
        }
    }

    /// Waits for the end of a child of ours and collects its status, as waitpid(2) encodes it; empty when it is no
    /// child, or somebody has collected it. Platform threads only.
    public static OptionalInt collect(int pid) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = CLibrary.state(arena);
            MemorySegment status = arena.allocate(ValueLayout.JAVA_INT);
            int ended = (int) WAITPID.invokeExact(state, pid, status, 0);
            while (ended < 0 && CLibrary.errno(state) == CLibrary.EINTR) {
                ended = (int) WAITPID.invokeExact(state, pid, status, 0);
            }
            return ended < 0 ? OptionalInt.empty() : OptionalInt.of(status.get(ValueLayout.JAVA_INT, 0));
        } catch (Throwable e) {
            throw CLibrary.unexpected(e);
        }
    }
}

package dev.agentctl.pty;

import dev.agentctl.posix.CLibrary;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/// What was written to a terminal and was not yet taken by whoever shows it.
public final class OutputQueue {
    private static final int TCOFLUSH = CLibrary.isLinux() ? 1 : 2;
    private static final int TCOOFF = CLibrary.isLinux() ? 0 : 1;
    private static final int TCOON = TCOOFF + 1;
    private static final MethodHandle TCFLUSH = terminalCall("tcflush");
    private static final MethodHandle TCFLOW = terminalCall("tcflow");

    private OutputQueue() {}

    private static MethodHandle terminalCall(String name) {
        return CLibrary.call(
                name, FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
    }

    /// Throws it away, so that a write that waits for room goes on. Nothing happens where `descriptor` is no terminal.
    public static void discard(int descriptor) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = CLibrary.state(arena);
            int _ = (int) TCFLUSH.invokeExact(state, descriptor, TCOFLUSH);
            // Linux makes room by that but wakes no writer; to start output again does
            int _ = (int) TCFLOW.invokeExact(state, descriptor, TCOOFF);
            int _ = (int) TCFLOW.invokeExact(state, descriptor, TCOON);
        } catch (Throwable e) {
            throw CLibrary.unexpected(e);
        }
    }
}

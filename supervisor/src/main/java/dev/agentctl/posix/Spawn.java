package dev.agentctl.posix;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/// Starts a program by posix_spawn(3), which copies nothing of this process.
public final class Spawn {
    private static final MethodHandle SPAWN = CLibrary.plainCall(
            "posix_spawn",
            FunctionDescriptor.of(
                    ValueLayout.JAVA_INT,
                    ValueLayout.ADDRESS,
                    ValueLayout.ADDRESS,
                    ValueLayout.ADDRESS,
                    ValueLayout.ADDRESS,
                    ValueLayout.ADDRESS,
                    ValueLayout.ADDRESS));

    private Spawn() {}

    /// Starts one, with what this thread has.
    ///
    /// @param pid gets the number of its process
    /// @param actions what else becomes of its descriptors and folder; a null pointer for nothing
    /// @param attributes its signals and its session; a null pointer for this thread's
    /// @param arguments see [CLibrary#strings]; so the environment
    /// @return the error, or 0
    public static int run(
            MemorySegment pid,
            MemorySegment path,
            MemorySegment actions,
            MemorySegment attributes,
            MemorySegment arguments,
            MemorySegment environment) {
        try {
            return (int) SPAWN.invokeExact(pid, path, actions, attributes, arguments, environment);
        } catch (Throwable e) {
            throw CLibrary.unexpected(e);
        }
    }
}

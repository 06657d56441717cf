package dev.agentctl.posix;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.function.IntSupplier;

/// The signals that a thread holds back. Whatever it forks inherits them, and keeps them over exec.
///
/// The virtual machine holds SIGQUIT back in all threads that run Java, so that Ctrl-\ would do nothing in a child.
public final class SignalMask {
    private static final int SIG_SETMASK = CLibrary.isLinux() ? 2 : 3;
    /// Room for any system's `sigset_t`; all zeros is the empty set.
    private static final int SET_SIZE = 128;

    private static final MethodHandle PTHREAD_SIGMASK = CLibrary.call(
            "pthread_sigmask",
            FunctionDescriptor.of(
                    ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS));

    private SignalMask() {}

    /// What `fork` gives while this thread holds nothing back.
    public static int withNothingBlocked(IntSupplier fork) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment before = arena.allocate(SET_SIZE, 8);
            set(arena, arena.allocate(SET_SIZE, 8), before);
            try {
                return fork.getAsInt();
            } finally {
                set(arena, before, MemorySegment.NULL);
            }
        }
    }

    private static void set(Arena arena, MemorySegment mask, MemorySegment before) {
        int error;
        try {
            error = (int) PTHREAD_SIGMASK.invokeExact(CLibrary.state(arena), SIG_SETMASK, mask, before);
        } catch (Throwable e) {
            throw CLibrary.unexpected(e);
        }
        if (error != 0) {
            throw new IllegalStateException("pthread_sigmask failed with error " + error);
        }
    }
}

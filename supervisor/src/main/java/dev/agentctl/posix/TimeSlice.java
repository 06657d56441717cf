package dev.agentctl.posix;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/// How long the kernel lets a thread run before it looks who else wants to.
///
/// Linux since 6.12 lets a thread that wakes up run at once where its slice is shorter than that of the one that runs.
/// Else it waits for up to 3 ms behind whatever computes on its processor, such as a compiler of this virtual machine,
/// even where another processor has nothing to do. The thread's share of the machine stays the same. (sched_setattr(2);
/// `custom_slice` in the kernel's `kernel/sched/`.) Elsewhere none of this does anything.
public final class TimeSlice {
    /// For threads that somebody waits for.
    public static final long SHORT = 500_000;

    /// The system's own.
    public static final long USUAL = 0;

    private static final Calls CALLS = Calls.here();
    private static final MethodHandle SYSCALL = CLibrary.call(
            "syscall",
            FunctionDescriptor.of(
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_INT,
                    ValueLayout.ADDRESS,
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_INT));

    /// `struct sched_attr` as it was at first: its size, a policy, flags, a nice value, a priority, and in the place of
    /// a deadline's runtime the slice.
    private static final int SIZE = 48;

    private static final long POLICY = 4;
    private static final long RUNTIME = 24;
    private static final int NORMAL = 0;

    /// The numbers of sched_setattr and sched_getattr; none where they are not known.
    private record Calls(int set, int get) {
        static final Calls NONE = new Calls(0, 0);

        static Calls here() {
            return switch (CLibrary.isLinux() ? String.valueOf(System.getProperty("os.arch")) : "") {
                case "amd64" -> new Calls(314, 315);
                case "aarch64" -> new Calls(274, 275);
                default -> NONE;
            };
        }
    }

    private TimeSlice() {}

    /// Changes that of the calling platform thread; threads and processes that it starts inherit it.
    ///
    /// @return the former one, in nanoseconds
    public static long set(long nanos) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment attributes = arena.allocate(SIZE, 8);
            if (call(arena, CALLS.get, 0, attributes, SIZE) < 0
                    || attributes.get(ValueLayout.JAVA_INT, POLICY) != NORMAL) {
                return USUAL;
            }
            long former = attributes.get(ValueLayout.JAVA_LONG, RUNTIME);
            attributes.set(ValueLayout.JAVA_LONG, RUNTIME, nanos);
            call(arena, CALLS.set, 0, attributes, 0);
            return former;
        }
    }

    /// Starts a program that is to have the usual one.
    @FunctionalInterface
    public interface Start<T, E extends Exception> {
        /// Starts it on the calling platform thread.
        T start() throws E;
    }

    /// Gives the calling thread the usual one while it starts a program.
    public static <T, E extends Exception> T withUsual(Start<T, E> program) throws E {
        long slice = set(USUAL);
        try {
            return program.start();
        } finally {
            set(slice);
        }
    }

    /// That of a process's first thread, in nanoseconds; 0 where it cannot be told.
    public static long of(int pid) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment attributes = arena.allocate(SIZE, 8);
            call(arena, CALLS.get, pid, attributes, SIZE);
            return attributes.get(ValueLayout.JAVA_LONG, RUNTIME);
        }
    }

    /// @param last the size for the one call, flags for the other, which has no further argument
    private static long call(Arena arena, int number, int pid, MemorySegment attributes, int last) {
        if (CALLS.equals(Calls.NONE)) {
            return -1;
        }
        try {
            return (long) SYSCALL.invokeExact(CLibrary.state(arena), (long) number, pid, attributes, last, 0);
        } catch (Throwable e) {
            throw CLibrary.unexpected(e);
        }
    }
}

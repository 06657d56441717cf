package dev.agentctl.pty;

import dev.agentctl.posix.CLibrary;
import dev.agentctl.posix.Descriptor;
import dev.agentctl.posix.Processes;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.OptionalInt;

/// How a child of ours ended, as a shell says it: its own exit status, or 128 + n after signal n (waitpid(2)).
public final class ExitStatus {
    /// Somebody else has collected it: that of a child whose parent was a process that has ended.
    public static final int UNKNOWN = -1;

    private static final int SIGNAL_BITS = 0x7f;

    private static final int P_PID = 1;
    private static final int EXITED_BUT_LEAVE = 0x4 | 0x1000000;
    /// Room for any system's `siginfo_t`.
    private static final int SIGNAL_INFORMATION = 256;

    private static final MethodHandle WAITID = CLibrary.call(
            "waitid",
            FunctionDescriptor.of(
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_INT,
                    ValueLayout.ADDRESS,
                    ValueLayout.JAVA_INT));

    private static final int ECHILD = 10;
    private static final int LOOK_MILLIS = 60_000;
    /// The same on all machines.
    private static final long PIDFD_OPEN_NUMBER = 434;

    private static final MethodHandle PIDFD_OPEN = CLibrary.call(
            "syscall",
            FunctionDescriptor.of(
                    ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));

    private ExitStatus() {}

    /// Waits for the end of process `pid`, and leaves its status to whoever collects it. Platform threads only.
    static void awaitEnd(int pid) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = CLibrary.state(arena);
            MemorySegment information = arena.allocate(SIGNAL_INFORMATION, 8);
            int failed = (int) WAITID.invokeExact(state, P_PID, pid, information, EXITED_BUT_LEAVE);
            while (failed < 0 && CLibrary.errno(state) == CLibrary.EINTR) {
                failed = (int) WAITID.invokeExact(state, P_PID, pid, information, EXITED_BUT_LEAVE);
            }
            if (failed < 0 && CLibrary.errno(state) == ECHILD) {
                awaitEndOfNoChild(arena, state, pid);
            }
        } catch (Throwable e) {
            throw CLibrary.unexpected(e);
        }
    }

    /// By a descriptor of the process, which is readable once it has ended (Linux 5.3).
    private static void awaitEndOfNoChild(Arena arena, MemorySegment state, int pid) throws Throwable {
        int descriptor = (int) (long) PIDFD_OPEN.invokeExact(state, PIDFD_OPEN_NUMBER, pid, 0);
        if (descriptor < 0) {
            return;
        }
        MemorySegment poll = arena.allocate(8, 4);
        while (!Descriptor.await(state, poll, descriptor, Descriptor.POLLIN, LOOK_MILLIS)) {
            // it lives
        }
        Descriptor.close(descriptor);
    }

    /// Waits for the end of process `pid` and collects its status. Platform threads only.
    static int await(int pid) {
        OptionalInt status = Processes.collect(pid);
        return status.isEmpty() ? UNKNOWN : of(status.getAsInt());
    }

    private static int of(int status) {
        int signal = status & SIGNAL_BITS;
        return signal == 0 ? (status >> 8) & 0xff : 128 + signal;
    }
}

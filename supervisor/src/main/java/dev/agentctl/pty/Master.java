package dev.agentctl.pty;

import dev.agentctl.posix.CLibrary;
import dev.agentctl.posix.Descriptor;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/// The master side of a terminal, by its descriptor, in the form that we need and pty4j does not offer: reads that
/// end at EIO and not at the reaper's word, and writes that never block for ever.
final class Master {
    static final int EIO = 5;
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

    private static final MethodHandle WRITE = CLibrary.call(
            "write",
            FunctionDescriptor.of(
                    ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG));
    private static final MethodHandle TCGETATTR = CLibrary.call(
            "tcgetattr", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS));
    private static final MethodHandle IOCTL = CLibrary.variadicCall(
            "ioctl",
            FunctionDescriptor.of(
                    ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.ADDRESS),
            2);
    private static final long TIOCSWINSZ = CLibrary.isLinux() ? 0x5414L : 0x80087467L;

    private Master() {}

    /// The count that was written, or minus the errno.
    static int write(MemorySegment state, int descriptor, MemorySegment bytes) {
        try {
            long count = (long) WRITE.invokeExact(state, descriptor, bytes, bytes.byteSize());
            return count < 0 ? -CLibrary.errno(state) : (int) count;
        } catch (Throwable e) {
            throw CLibrary.unexpected(e);
        }
    }

    static void setNonBlocking(int descriptor) {
        int flags = Descriptor.control(descriptor, F_GETFL, 0);
        int nonBlocking = CLibrary.isLinux() ? O_NONBLOCK_LINUX : O_NONBLOCK_BSD;
        if (Descriptor.control(descriptor, F_SETFL, flags | nonBlocking) < 0) {
            throw new IllegalStateException("fcntl failed on descriptor " + descriptor);
        }
    }

    /// How the terminal behind a master gathers lines; empty where its program reads each byte as it comes.
    static Optional<LineMode> lineMode(int descriptor) {
        if (!CLibrary.isLinux()) {
            return Optional.empty();
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment termios = arena.allocate(TERMIOS_SIZE, 8);
            if ((int) TCGETATTR.invokeExact(CLibrary.state(arena), descriptor, termios) != 0
                    || (termios.get(ValueLayout.JAVA_INT, LOCAL_FLAGS) & ICANON) == 0) {
                return Optional.empty();
            }
            return Optional.of(new LineMode((termios.get(ValueLayout.JAVA_INT, INPUT_FLAGS) & ICRNL) != 0));
        } catch (Throwable e) {
            throw CLibrary.unexpected(e);
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
            throw CLibrary.unexpected(e);
        }
    }

    static boolean wouldBlock(int result) {
        return result == -CLibrary.EAGAIN || result == -EAGAIN_BSD;
    }
}

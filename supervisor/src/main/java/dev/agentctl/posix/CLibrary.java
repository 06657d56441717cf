package dev.agentctl.posix;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.Objects;

/// The C library of this machine: what it can do, and what it says of a call that failed.
@SuppressWarnings("restricted") // calling it is what this class is for
public final class CLibrary {
    /// A signal came first.
    public static final int EINTR = 4;

    /// Not now, or not so many; that of Linux.
    public static final int EAGAIN = 11;

    /// Too many open files on the machine.
    public static final int ENFILE = 23;

    /// Too many open files of this process.
    public static final int EMFILE = 24;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final SymbolLookup SYMBOLS = LINKER.defaultLookup();
    private static final Linker.Option ERRNO = Linker.Option.captureCallState("errno");
    private static final MemoryLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO_FIELD = STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));
    private static final boolean LINUX =
            Objects.toString(System.getProperty("os.name")).startsWith("Linux");

    private CLibrary() {}

    /// One that leaves its errno in a [#state], which is its first argument.
    public static MethodHandle call(String name, FunctionDescriptor descriptor) {
        return LINKER.downcallHandle(symbol(name), descriptor, ERRNO);
    }

    /// One that returns its error, or whose error is nobody's concern.
    public static MethodHandle plainCall(String name, FunctionDescriptor descriptor) {
        return LINKER.downcallHandle(symbol(name), descriptor);
    }

    /// The same for one that C calls with as many arguments as it likes.
    ///
    /// @param fixed how many of them it always has
    public static MethodHandle variadicCall(String name, FunctionDescriptor descriptor, int fixed) {
        return LINKER.downcallHandle(symbol(name), descriptor, Linker.Option.firstVariadicArg(fixed));
    }

    public static boolean has(String name) {
        return SYMBOLS.find(name).isPresent();
    }

    /// Where a function or a variable of that name is.
    public static MemorySegment symbol(String name) {
        return SYMBOLS.findOrThrow(name);
    }

    public static boolean isLinux() {
        return LINUX;
    }

    /// Memory for the errno of one thread's calls.
    public static MemorySegment state(Arena arena) {
        return arena.allocate(STATE);
    }

    public static int errno(MemorySegment state) {
        return (int) ERRNO_FIELD.get(state, 0L);
    }

    /// What the library, and with it Java, says of an error.
    public static String words(int error) {
        try {
            MemorySegment text = (MemorySegment) Words.STRERROR.invokeExact(error);
            return text.reinterpret(Words.LONGEST).getString(0);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    private static final class Words {
        static final int LONGEST = 1024;
        static final MethodHandle STRERROR =
                plainCall("strerror", FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.JAVA_INT));
    }

    /// An array of pointers to them, and a null pointer.
    public static MemorySegment strings(Arena arena, List<String> all) {
        MemorySegment pointers = arena.allocate(ValueLayout.ADDRESS, all.size() + 1L);
        for (int i = 0; i < all.size(); i++) {
            pointers.setAtIndex(ValueLayout.ADDRESS, i, arena.allocateFrom(all.get(i)));
        }
        return pointers;
    }

    /// What a method handle throws, which none of these calls should. An error of the virtual machine, such as memory
    /// that has run out, goes through as it is.
    public static RuntimeException unexpected(Throwable e) {
        if (e instanceof Error error) {
            throw error;
        }
        return e instanceof RuntimeException known ? known : new IllegalStateException(e);
    }
}

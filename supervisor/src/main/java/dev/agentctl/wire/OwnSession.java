package dev.agentctl.wire;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/// Takes a role's process out of the session of the terminal that it was started from, so that neither Ctrl-C there
/// nor the end of that terminal reaches it.
public final class OwnSession {
    private static final int SIGHUP = 1;

    private OwnSession() {}

    /// Becomes the leader of a new session. The first thing that a role's main does. Without effect where the process
    /// leads its group already, as under a service manager.
    @SuppressWarnings("restricted") // setsid(2) and signal(2) have no counterpart in Java
    public static void begin() {
        Linker linker = Linker.nativeLinker();
        MethodHandle setsid = linker.downcallHandle(
                linker.defaultLookup().findOrThrow("setsid"), FunctionDescriptor.of(ValueLayout.JAVA_INT));
        MethodHandle signal = linker.downcallHandle(
                linker.defaultLookup().findOrThrow("signal"),
                FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.JAVA_INT, ValueLayout.ADDRESS));
        // The virtual machine would end at SIGHUP. SIG_IGN would be inherited by every agent over exec, which then
        // would not end with its terminal; a handler is not inherited, and abs(3) is one that does nothing.
        MemorySegment nothing = linker.defaultLookup().findOrThrow("abs");
        try {
            int _ = (int) setsid.invokeExact();
            MemorySegment _ = (MemorySegment) signal.invokeExact(SIGHUP, nothing);
        } catch (Throwable e) {
            throw new IllegalStateException("cannot leave the terminal's session", e);
        }
    }
}

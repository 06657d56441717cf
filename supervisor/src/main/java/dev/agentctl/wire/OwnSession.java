package dev.agentctl.wire;

import dev.agentctl.posix.CLibrary;
import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/// Takes a role's process out of the session of the terminal that it was started from, so that neither Ctrl-C there
/// nor the end of that terminal reaches it, and lets no agent inherit what whoever started it ignores.
public final class OwnSession {
    private static final int SIGHUP = 1;
    private static final String IGNORED = "SigIgn:";

    private OwnSession() {}

    /// Becomes the leader of a new session. The first thing that a role's main does. Without effect where the process
    /// leads its group already, as under a service manager.
    public static void begin() {
        MethodHandle setsid = CLibrary.plainCall("setsid", FunctionDescriptor.of(ValueLayout.JAVA_INT));
        MethodHandle signal = CLibrary.plainCall(
                "signal", FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.JAVA_INT, ValueLayout.ADDRESS));
        // The virtual machine would end at SIGHUP. SIG_IGN would be inherited by every agent over exec, which then
        // would not end with its terminal; a handler is not inherited, and abs(3) is one that does nothing. The same
        // goes for what is ignored already: SIGHUP by nohup, SIGINT by a shell's `&`, SIGTSTP by some terminals.
        MemorySegment nothing = CLibrary.symbol("abs");
        long ignored = ignored() | bit(SIGHUP);
        try {
            int _ = (int) setsid.invokeExact();
            for (int number = 1; number <= Long.SIZE; number++) {
                if ((ignored & bit(number)) != 0) {
                    MemorySegment _ = (MemorySegment) signal.invokeExact(number, nothing);
                }
            }
        } catch (Throwable e) {
            throw new IllegalStateException("cannot leave the terminal's session", e);
        }
    }

    private static long bit(int signal) {
        return 1L << (signal - 1);
    }

    /// The signals that this process ignores, as proc(5) says.
    private static long ignored() {
        try (Stream<String> status = Files.lines(Path.of("/proc/self/status"))) {
            return status.filter(line -> line.startsWith(IGNORED))
                    .mapToLong(line -> Long.parseUnsignedLong(
                            line.substring(IGNORED.length()).strip(), 16))
                    .findFirst()
                    .orElse(0);
        } catch (IOException _) {
            // no /proc: not Linux
            return 0;
        }
    }
}

package dev.agentctl.testkit;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Makes the n-th call on files fail, in a Java that was started with a library before the C library: what SQLite and
/// the JDK do to files goes through it. The library is made by gcc.
@SuppressWarnings("restricted")
public final class FailingCalls {
    /// Input/output error, and no space left on the device.
    public static final int EIO = 5;

    public static final int ENOSPC = 28;

    private final MethodHandle arm;
    private final MethodHandle calls;

    private FailingCalls(SymbolLookup library) {
        Linker linker = Linker.nativeLinker();
        arm = linker.downcallHandle(
                library.find("faults_arm").orElseThrow(),
                FunctionDescriptor.ofVoid(
                        ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS));
        calls = linker.downcallHandle(
                library.find("faults_calls").orElseThrow(), FunctionDescriptor.of(ValueLayout.JAVA_LONG));
    }

    /// In the Java that was started by [#run].
    public static FailingCalls here() {
        return new FailingCalls(
                SymbolLookup.libraryLookup(Path.of(requireNonNull(System.getenv("LD_PRELOAD"))), Arena.global()));
    }

    /// Makes the n-th call from now on files below the folder fail; none where it is 0.
    ///
    /// @param lasting whether all after it fail as well
    public void arm(long n, boolean lasting, int error, Path folder) {
        try (Arena arena = Arena.ofConfined()) {
            arm.invokeExact(n, lasting ? 1 : 0, error, arena.allocateFrom(folder.toString()));
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    public void disarm(Path folder) {
        arm(0, false, 0, folder);
    }

    /// How many calls there were since it was armed.
    public long calls() {
        try {
            return (long) calls.invokeExact();
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /// The library; empty where there is no gcc.
    public static Optional<Path> library(Path folder) throws IOException, InterruptedException {
        Path source = folder.resolve("failing-calls.c");
        try (InputStream in = requireNonNull(FailingCalls.class.getResourceAsStream("failing-calls.c"))) {
            Files.copy(in, source);
        }
        Path library = folder.resolve("failing-calls.so");
        try {
            Process gcc = new ProcessBuilder(
                            "gcc", "-shared", "-fPIC", "-O1", "-w", "-o", library.toString(), source.toString(), "-ldl")
                    .redirectErrorStream(true)
                    .start();
            String said = new String(gcc.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (gcc.waitFor() != 0) {
                throw new AssertionError(said);
            }
            return Optional.of(library);
        } catch (IOException noGcc) {
            return Optional.empty();
        }
    }

    /// Runs a class of the tests before the library, and returns what it says.
    public static String run(Path library, Class<?> main, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(property("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx128m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                property("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("LD_PRELOAD", library.toString());
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new AssertionError(said);
        }
        return said;
    }

    private static String property(String name) {
        return requireNonNull(System.getProperty(name));
    }
}

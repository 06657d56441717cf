package dev.agentctl.testkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/// The processes that run in a given home, found by HOME in their environment: an agent's tools outlive it in
/// sessions of their own, so that neither parents nor process groups lead to them.
public final class HomeProcesses {
    private static final int ROUNDS = 20;

    private HomeProcesses() {}

    /// Kills them all, those included that come up meanwhile.
    ///
    /// @throws IOException where some still run afterwards
    public static void end(Path home) throws IOException {
        for (int round = 0; round < ROUNDS; round++) {
            List<ProcessHandle> found = in(home);
            if (found.isEmpty()) {
                return;
            }
            found.forEach(ProcessHandle::destroyForcibly);
            found.forEach(HomeProcesses::awaitEnd);
        }
        throw new IOException("Processes still run in " + home + " after " + ROUNDS + " rounds of killing: "
                + in(home).stream().map(ProcessHandle::pid).toList());
    }

    /// Those that run now, this process excepted.
    static List<ProcessHandle> in(Path home) {
        byte[] wanted = ("HOME=" + home).getBytes(StandardCharsets.UTF_8);
        long self = ProcessHandle.current().pid();
        try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
            return all.filter(process -> process.pid() != self && hasVariable(process, wanted))
                    .toList();
        }
    }

    private static boolean hasVariable(ProcessHandle process, byte[] wanted) {
        try {
            byte[] environment = Files.readAllBytes(Path.of("/proc/" + process.pid() + "/environ"));
            for (int start = 0; start + wanted.length <= environment.length; start++) {
                boolean atStart = start == 0 || environment[start - 1] == 0;
                int end = start + wanted.length;
                boolean ends = end == environment.length || environment[end] == 0;
                if (atStart && ends && Arrays.equals(environment, start, end, wanted, 0, wanted.length)) {
                    return true;
                }
            }
            return false;
        } catch (IOException goneOrForeign) {
            return false;
        }
    }

    private static void awaitEnd(ProcessHandle process) {
        try {
            process.onExit().get(5, TimeUnit.SECONDS);
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException stillThere) {
            // the next round finds it again
        }
    }
}

package dev.agentctl.session;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Tells a child that the kernel killed for want of memory from one that somebody else killed: both end by SIGKILL.
///
/// The evidence is the control group's count of such kills (cgroup v2, `oom_kill` of `memory.events`; for a kill it
/// rises before the signal is sent). The children of a host share it with each other and with what they start, so it
/// is looked at when the session is heard of, once a second at most, and only a rise since then is held to be the
/// child. Where there is no such count nothing is claimed. Only its session's mailbox calls it.
final class MemoryKills {
    private static final int KILLED = 128 + 9;
    private static final String UNIFIED = "0::/";
    private static final String KILLS = "oom_kill ";

    /// Agents at work are heard of many times a second.
    private static final long LOOK_EVERY = TimeUnit.SECONDS.toNanos(1);

    private final Path processes;
    private final Path groups;
    private Optional<Count> last = Optional.empty();
    private long seen;
    private long looked;

    /// How many there were.
    private record Count(Path file, long kills) {}

    MemoryKills() {
        this(Path.of("/proc"), Path.of("/sys/fs/cgroup"));
    }

    MemoryKills(Path processes, Path groups) {
        this.processes = processes;
        this.groups = groups;
    }

    /// The child is seen alive: whatever was counted up to now was another process.
    ///
    /// @param nanos the time, as of [System#nanoTime]
    void alive(long pid, long nanos) {
        if (pid != 0 && pid == seen && nanos - looked < LOOK_EVERY) {
            return;
        }
        seen = pid;
        looked = nanos;
        last = pid == 0 ? Optional.empty() : events(pid).flatMap(MemoryKills::count);
    }

    /// Whether the kernel has killed the child that ended so.
    boolean explain(int status) {
        Optional<Count> before = last;
        last = Optional.empty();
        seen = 0;
        return status == KILLED && before.isPresent() && rose(before.get());
    }

    private static boolean rose(Count before) {
        return count(before.file).filter(now -> now.kills > before.kills).isPresent();
    }

    /// A process may be moved to another group, so that is looked up each time.
    private Optional<Path> events(long pid) {
        try {
            return Files.readAllLines(processes.resolve(Long.toString(pid)).resolve("cgroup")).stream()
                    .filter(line -> line.startsWith(UNIFIED))
                    .map(line ->
                            groups.resolve(line.substring(UNIFIED.length())).resolve("memory.events"))
                    .findFirst();
        } catch (IOException _) {
            // it has ended, or this is no Linux of today
            return Optional.empty();
        }
    }

    private static Optional<Count> count(Path file) {
        try {
            return Files.readAllLines(file).stream()
                    .filter(line -> line.startsWith(KILLS))
                    .map(line -> new Count(file, Long.parseLong(line.substring(KILLS.length()))))
                    .findFirst();
        } catch (IOException | NumberFormatException _) {
            // the root of all groups counts none, nor do kernels without the memory controller
            return Optional.empty();
        }
    }
}

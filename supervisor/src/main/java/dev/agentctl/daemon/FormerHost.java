package dev.agentctl.daemon;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.agentctl.pty.Leftovers;
import dev.agentctl.wire.RoleLaunch;
import dev.agentctl.wire.StateFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A host that still runs agents though the state folder that it serves was deleted meanwhile, and with it the lock
/// that would tell. Beside another host each agent would run twice, and each supervisor would end the other's.
final class FormerHost {
    private FormerHost() {}

    /// What to do about it, in one line; empty where there is none. Call only while holding the supervisor's lock.
    static Optional<String> complaint(StateFolder folder) {
        // a host makes its lock before anything else, and it stays
        if (Files.exists(folder.hostLock())) {
            return Optional.empty();
        }
        List<Long> hosts = running(folder, RoleLaunch.HOST);
        if (hosts.isEmpty()) {
            return Optional.empty();
        }
        String all = Stream.concat(running(folder, RoleLaunch.SUPERVISOR).stream(), hosts.stream())
                .map(String::valueOf)
                .collect(Collectors.joining(" "));
        return Optional.of("process " + hosts.getFirst() + " still runs the agents of " + folder.path()
                + ", which was deleted meanwhile; end them and their supervisor with: kill " + all
                + "; then start again");
    }

    private static List<Long> running(StateFolder folder, RoleLaunch role) {
        return Leftovers.find("AGENTCTL_HOME", folder.path().toString()).stream()
                .filter(pid -> runs(pid, role.mainClass()))
                .toList();
    }

    private static boolean runs(long pid, String mainClass) {
        try {
            String command = new String(Files.readAllBytes(Path.of("/proc/" + pid + "/cmdline")), ISO_8859_1);
            return List.of(command.split("\0", -1)).contains(mainClass);
        } catch (IOException _) {
            // it has ended
            return false;
        }
    }
}

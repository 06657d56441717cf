package dev.agentctl.pty;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Finds processes by a variable in their environment: what a child started in sessions of its own outlives a signal
/// to its process group. Blind to a process that wiped its environment or belongs to another user.
public final class Leftovers {
    private static final File PROCESSES = new File("/proc");

    private Leftovers() {}

    /// The live processes, other than this one, whose environment has `name=value`.
    ///
    /// @throws UncheckedIOException if they cannot be looked at now
    public static List<Long> find(String name, String value) {
        return all(name).getOrDefault(value, List.of());
    }

    /// The live processes, other than this one, whose environment has the variable, by its value. It takes as long as
    /// to find those of one value.
    ///
    /// @throws UncheckedIOException if they cannot be looked at now
    public static Map<String, List<Long>> all(String name) {
        String wanted = "\0" + new String((name + "=").getBytes(UTF_8), ISO_8859_1);
        Map<String, List<Long>> found = new HashMap<>();
        List<Long> again = new ArrayList<>();
        long self = ProcessHandle.current().pid();
        String[] all = PROCESSES.list();
        if (all == null && PROCESSES.isDirectory()) {
            throw EnvironmentReader.full();
        }
        try (EnvironmentReader environments = new EnvironmentReader()) {
            // none where there is no /proc: not Linux; only the process group is ended
            for (String each : all == null ? new String[0] : all) {
                if (isNumber(each)) {
                    long pid = Long.parseLong(each);
                    if (pid != self && !note(pid, environments.read(pid), wanted, found)) {
                        again.add(pid);
                    }
                }
            }
            for (long pid : again) {
                note(pid, environments.read(pid), wanted, found);
            }
        }
        return found;
    }

    /// Returns false for a process without any: it may be about to become another program, and have none for a moment.
    private static boolean note(long pid, String environment, String wanted, Map<String, List<Long>> found) {
        for (String value : values(environment, wanted)) {
            found.computeIfAbsent(value, _ -> new ArrayList<>()).add(pid);
        }
        return environment.length() != 1;
    }

    private static boolean isNumber(String name) {
        return !name.isEmpty() && name.charAt(0) >= '1' && name.charAt(0) <= '9';
    }

    private static Set<String> values(String environment, String wanted) {
        Set<String> values = new HashSet<>();
        int at = environment.indexOf(wanted);
        while (at >= 0) {
            int from = at + wanted.length();
            int to = environment.indexOf('\0', from);
            if (to >= 0) {
                values.add(new String(environment.substring(from, to).getBytes(ISO_8859_1), UTF_8));
            }
            at = environment.indexOf(wanted, from);
        }
        return values;
    }
}

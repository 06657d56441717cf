package dev.agentctl.pty;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.agentctl.posix.CLibrary;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Finds processes by a variable in their environment: what a child started in sessions of its own outlives a signal
/// to its process group. Blind to a process that wiped its environment or belongs to another user.
public final class Leftovers {
    private static final File PROCESSES = new File("/proc");
    private static final int LARGEST_PIECE = 64 << 10;

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
        // bytes as characters, for the search in strings is a fast one
        String wanted = "\0" + new String((name + "=").getBytes(UTF_8), ISO_8859_1);
        byte[] buffer = new byte[LARGEST_PIECE];
        Map<String, List<Long>> found = new HashMap<>();
        long self = ProcessHandle.current().pid();
        String[] all = PROCESSES.list();
        if (all == null && PROCESSES.isDirectory()) {
            throw unseen(TooManyFiles.OURS);
        }
        // none where there is no /proc: not Linux; only the process group is ended
        for (String each : all == null ? new String[0] : all) {
            if (isNumber(each)) {
                long pid = Long.parseLong(each);
                if (pid != self) {
                    for (String value : values(environment(pid, buffer), wanted)) {
                        found.computeIfAbsent(value, _ -> new ArrayList<>()).add(pid);
                    }
                }
            }
        }
        return found;
    }

    private static boolean isNumber(String name) {
        return !name.isEmpty() && name.charAt(0) >= '1' && name.charAt(0) <= '9';
    }

    static StringBuilder environment(long pid, byte[] buffer) {
        StringBuilder environment = new StringBuilder("\0");
        try (FileInputStream file = new FileInputStream("/proc/" + pid + "/environ")) {
            for (int count = file.read(buffer); count > 0; count = file.read(buffer)) {
                environment.append(new String(buffer, 0, count, ISO_8859_1));
            }
        } catch (IOException e) {
            // else it has ended, is a zombie, or is another user's
            TooManyFiles.cause(e).ifPresent(words -> {
                throw unseen(words);
            });
        }
        return environment;
    }

    private static UncheckedIOException unseen(String why) {
        String message = "cannot look at this machine's processes: " + why;
        return new UncheckedIOException(message, new IOException(message));
    }

    /// Java tells errors of a file apart by their words only, which are the C library's in the user's language. Asked
    /// for where a file could not be opened.
    private static final class TooManyFiles {
        static final String OURS = CLibrary.words(CLibrary.EMFILE);
        static final String ALL = CLibrary.words(CLibrary.ENFILE);

        static Optional<String> cause(IOException e) {
            String message = String.valueOf(e.getMessage());
            return Stream.of(OURS, ALL)
                    .filter(words -> message.endsWith("(" + words + ")"))
                    .findFirst();
        }
    }

    private static Set<String> values(StringBuilder environment, String wanted) {
        Set<String> values = new HashSet<>();
        int at = environment.indexOf(wanted);
        while (at >= 0) {
            int from = at + wanted.length();
            int to = environment.indexOf("\0", from);
            if (to >= 0) {
                values.add(new String(environment.substring(from, to).getBytes(ISO_8859_1), UTF_8));
            }
            at = environment.indexOf(wanted, from);
        }
        return values;
    }
}

package dev.agentctl.pty;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Finds processes by a variable in their environment: what a child started in sessions of its own outlives a signal
/// to its process group. Blind to a process that wiped its environment or belongs to another user.
public final class Leftovers {
    private static final File PROCESSES = new File("/proc");
    private static final int LARGEST_PIECE = 64 << 10;

    private Leftovers() {}

    /// The live processes, other than this one, whose environment has `name=value`.
    public static List<Long> find(String name, String value) {
        // bytes as characters, for the search in strings is a fast one
        String wanted = "\0" + new String((name + "=" + value).getBytes(UTF_8), ISO_8859_1) + "\0";
        byte[] buffer = new byte[LARGEST_PIECE];
        List<Long> found = new ArrayList<>();
        long self = ProcessHandle.current().pid();
        String[] all = PROCESSES.list();
        // none where there is no /proc: not Linux; only the process group is ended
        for (String each : all == null ? new String[0] : all) {
            if (isNumber(each)) {
                long pid = Long.parseLong(each);
                if (pid != self && has(pid, wanted, buffer)) {
                    found.add(pid);
                }
            }
        }
        return found;
    }

    private static boolean isNumber(String name) {
        return !name.isEmpty() && name.charAt(0) >= '1' && name.charAt(0) <= '9';
    }

    private static boolean has(long pid, String wanted, byte[] buffer) {
        try (FileInputStream file = new FileInputStream("/proc/" + pid + "/environ")) {
            StringBuilder environment = new StringBuilder("\0");
            for (int count = file.read(buffer); count > 0; count = file.read(buffer)) {
                environment.append(new String(buffer, 0, count, ISO_8859_1));
            }
            return environment.indexOf(wanted) >= 0;
        } catch (IOException _) {
            // it has ended, is a zombie, or is another user's
            return false;
        }
    }
}

package dev.agentctl.pty;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Finds processes by a variable in their environment: what a child started in sessions of its own outlives a signal
/// to its process group. Blind to a process that wiped its environment or belongs to another user.
public final class Leftovers {
    private Leftovers() {}

    /// The live processes, other than this one, whose environment has `name=value`.
    public static List<Long> find(String name, String value) {
        byte[] wanted = ("\0" + name + "=" + value + "\0").getBytes(StandardCharsets.UTF_8);
        List<Long> found = new ArrayList<>();
        long self = ProcessHandle.current().pid();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : processes) {
                long pid = Long.parseLong(String.valueOf(process.getFileName()));
                if (pid != self && has(process.resolve("environ"), wanted)) {
                    found.add(pid);
                }
            }
        } catch (IOException _) {
            // no /proc: not Linux; only the process group is ended
        }
        return found;
    }

    private static boolean has(Path file, byte[] wanted) {
        try {
            byte[] environment = Files.readAllBytes(file);
            byte[] framed = new byte[environment.length + 1];
            System.arraycopy(environment, 0, framed, 1, environment.length);
            return indexOf(framed, wanted) >= 0;
        } catch (IOException _) {
            // it has ended, is a zombie, or is another user's
            return false;
        }
    }

    private static int indexOf(byte[] text, byte[] wanted) {
        outer:
        for (int i = 0; i + wanted.length <= text.length; i++) {
            for (int j = 0; j < wanted.length; j++) {
                if (text[i + j] != wanted[j]) {
                    continue outer;
                }
            }
            return i;
        }
        return -1;
    }
}

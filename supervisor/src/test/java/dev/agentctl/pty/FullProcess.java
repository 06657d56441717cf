package dev.agentctl.pty;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/// A process that has opened all the files that it may. Prints what looks at processes then come to, a line each; no
/// class can be loaded from a file by then.
final class FullProcess {
    private FullProcess() {}

    public static void main(String[] arguments) {
        String value = arguments[0];
        look(value);
        read(0);
        System.out.println(look(value));
        List<FileInputStream> open = new ArrayList<>();
        fill(open);
        String all = look(value);
        String one = read(ProcessHandle.current().pid());
        String gone = read(0);
        close(open);
        System.out.println(all + "\n" + one + "\n" + gone + "\n" + look(value));
    }

    private static void fill(List<FileInputStream> open) {
        try {
            while (true) {
                open.add(new FileInputStream("/dev/null"));
            }
        } catch (IOException _) {
            // that was the last
        }
    }

    private static void close(List<FileInputStream> open) {
        for (FileInputStream each : open) {
            try {
                each.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static String look(String value) {
        try {
            return "found " + Leftovers.find("FULL_PROCESS", value).size();
        } catch (UncheckedIOException e) {
            return "unseen: " + e.getMessage();
        }
    }

    private static String read(long pid) {
        try (EnvironmentReader environments = new EnvironmentReader()) {
            return "read " + !environments.read(pid).isEmpty();
        } catch (UncheckedIOException e) {
            return "unread: " + e.getMessage();
        }
    }
}

package dev.agentctl.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// Who sits at this terminal, for the others at the same session.
final class Visitor {
    private Visitor() {}

    /// `ann on /dev/pts/3 from 10.0.0.5, in tmux`.
    static String describe(Map<String, String> environment) {
        StringBuilder text = new StringBuilder(String.valueOf(System.getProperty("user.name")));
        text.append(" on ").append(terminal());
        String ssh = environment.getOrDefault("SSH_CONNECTION", "");
        if (!ssh.isEmpty()) {
            text.append(" from ").append(ssh.split(" ", 2)[0]);
        }
        if (environment.containsKey("TMUX")) {
            text.append(", in tmux");
        }
        return Printable.line(text.toString());
    }

    private static String terminal() {
        try {
            return Files.readSymbolicLink(Path.of("/proc/self/fd/0")).toString();
        } catch (IOException | UnsupportedOperationException _) {
            return "process " + ProcessHandle.current().pid();
        }
    }
}

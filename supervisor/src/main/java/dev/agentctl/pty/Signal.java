package dev.agentctl.pty;

import dev.agentctl.posix.Processes;
import java.util.Objects;

/// The signals that a stop uses, and those of job control, whose numbers differ between Linux and macOS (signal(7)).
public enum Signal {
    HANGUP(1),
    INTERRUPT(2),
    KILL(9),
    TERMINATE(15),
    CONTINUE(onLinux() ? 18 : 19),
    STOP(onLinux() ? 19 : 17),
    SUSPEND(onLinux() ? 20 : 18);

    private final int number;

    Signal(int number) {
        this.number = number;
    }

    private static boolean onLinux() {
        return Objects.toString(System.getProperty("os.name")).startsWith("Linux");
    }

    int number() {
        return number;
    }

    /// Sends it to one process; false when there is none of ours.
    public boolean send(long pid) {
        return Processes.kill(Math.toIntExact(pid), number);
    }
}

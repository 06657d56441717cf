package dev.agentctl.pty;

import java.util.Objects;

/// The signals that a stop uses. Numbers are the same on Linux and macOS except CONT (signal(7)).
public enum Signal {
    HANGUP(1),
    INTERRUPT(2),
    KILL(9),
    TERMINATE(15),
    CONTINUE(Objects.toString(System.getProperty("os.name")).startsWith("Linux") ? 18 : 19);

    private final int number;

    Signal(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    /// Sends it to one process; false when there is none of ours.
    public boolean send(long pid) {
        return Posix.kill(Math.toIntExact(pid), number);
    }
}

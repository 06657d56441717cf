package dev.agentctl.control;

/// The exit codes of the command line, which scripts rely on.
public enum ExitCode {
    OK(0),
    ERROR(1),
    USAGE(2),
    NOT_RUNNING(3),
    NO_SUCH_PROJECT(4),
    UNREACHABLE(5),
    TIMED_OUT(6),
    CONFLICT(7),
    NOT_PERMITTED(8);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }

    static ExitCode of(int number) {
        for (ExitCode code : values()) {
            if (code.number == number) {
                return code;
            }
        }
        return ERROR;
    }
}

package dev.agentctl.cli;

import dev.agentctl.control.ExitCode;

/// How an attachment ended: the last line that the person sees, and the exit code.
record Farewell(ExitCode code, String line) {
    static Farewell detached(String project) {
        return new Farewell(ExitCode.OK, "[detached from " + project + "; back with: agentctl attach " + project + "]");
    }

    static Farewell takenOver(String project, String by) {
        return new Farewell(
                ExitCode.CONFLICT,
                "agentctl: detached from " + project + ": " + Printable.line(by)
                        + " has taken it over; back with: agentctl" + " attach " + project);
    }

    static Farewell failed(CommandFailure failure) {
        return new Farewell(failure.code(), failure.line());
    }

    static Farewell hostGone() {
        return new Farewell(ExitCode.UNREACHABLE, "agentctl: the host has gone away; look with: agentctl status");
    }
}

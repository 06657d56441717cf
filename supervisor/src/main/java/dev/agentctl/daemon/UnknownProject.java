package dev.agentctl.daemon;

import dev.agentctl.control.ControlReply;
import dev.agentctl.control.ExitCode;
import dev.agentctl.project.NearNames;
import dev.agentctl.session.Session;
import dev.agentctl.session.Sessions;

/// A name that the command line said and no project has.
record UnknownProject(Sessions sessions, String name) {
    private static final int MOST_GUESSES = 3;

    ControlReply.Refused refused() {
        return new ControlReply.Refused(ExitCode.NO_SUCH_PROJECT, "no project '" + name + "'; " + next());
    }

    ControlReply.Outcome outcome() {
        return new ControlReply.Outcome(name, ExitCode.NO_SUCH_PROJECT, "no such project; " + next());
    }

    /// Which were probably meant, and what shows all.
    private String next() {
        String near = String.join(
                " or ",
                NearNames.of(name, sessions.all().stream().map(Session::name).toList()).stream()
                        .limit(MOST_GUESSES)
                        .toList());
        return (near.isEmpty() ? "" : "did you mean " + near + "? ") + "agentctl status lists them";
    }
}

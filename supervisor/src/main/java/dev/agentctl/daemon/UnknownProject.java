package dev.agentctl.daemon;

import dev.agentctl.control.ControlReply;
import dev.agentctl.control.ExitCode;
import dev.agentctl.project.NearNames;
import dev.agentctl.session.Session;
import dev.agentctl.session.Sessions;
import java.util.List;

/// A name that the command line said and no project has.
record UnknownProject(Sessions sessions, String name) {
    ControlReply.Refused refused() {
        return new ControlReply.Refused(ExitCode.NO_SUCH_PROJECT, "no project '" + name + "'; " + next());
    }

    ControlReply.Outcome outcome() {
        return new ControlReply.Outcome(name, ExitCode.NO_SUCH_PROJECT, "no such project; " + next());
    }

    /// Which were probably meant, and what shows all.
    private String next() {
        List<String> names = sessions.all().stream().map(Session::name).toList();
        return NearNames.question(name, names) + "agentctl status lists them";
    }
}

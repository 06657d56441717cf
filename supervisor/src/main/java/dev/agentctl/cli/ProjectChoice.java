package dev.agentctl.cli;

import dev.agentctl.control.ControlReply;
import dev.agentctl.control.ControlRequest;
import dev.agentctl.control.ExitCode;
import dev.agentctl.control.SessionReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A project that a person may choose.
///
/// @param running whether there is a terminal to sit down at
/// @param line the last line that its terminal shows; without one, why it is as it is
record ProjectChoice(String name, String state, boolean running, String line) {
    /// All projects; without a supervisor those that the host runs.
    static List<ProjectChoice> all(Agentctl root) throws CommandFailure {
        try {
            List<ProjectChoice> choices = new ArrayList<>();
            if (root.supervisor().ask(new ControlRequest.Status(Optional.empty()))
                    instanceof ControlReply.Report report) {
                for (SessionReport session : report.sessions()) {
                    boolean running = session.pid() != 0;
                    String line = running ? lastLine(root, session.name()) : session.evidence();
                    choices.add(new ProjectChoice(session.name(), session.state(), running, line));
                }
            }
            return choices;
        } catch (CommandFailure e) {
            if (e.code() != ExitCode.UNREACHABLE) {
                throw e;
            }
            return HostCall.presence(root.surroundings().state()).running().stream()
                    .map(name -> new ProjectChoice(name, "running", true, ""))
                    .toList();
        }
    }

    private static String lastLine(Agentctl root, String project) throws CommandFailure {
        ControlReply reply = root.supervisor().ask(new ControlRequest.ShowScreen(project, false));
        if (reply instanceof ControlReply.Text(String text)) {
            return text.lines()
                    .map(String::strip)
                    .filter(line -> line.codePoints().anyMatch(Character::isLetterOrDigit))
                    .reduce("", (_, later) -> later);
        }
        return "";
    }
}

package dev.agentctl.daemon;

import dev.agentctl.control.ControlReply.Outcome;
import dev.agentctl.control.ExitCode;
import dev.agentctl.project.Configuration;
import dev.agentctl.project.ConfigurationDiff;
import dev.agentctl.project.Project;
import dev.agentctl.project.ProjectChange;
import dev.agentctl.session.Session;
import dev.agentctl.session.Sessions;
import java.util.ArrayList;
import java.util.List;

/// Applies a new configuration to the sessions, project by project.
final class Reload {
    private Reload() {}

    /// Does what can be done at once, and says what waits.
    ///
    /// @param restart whether to restart the sessions whose change only a new child sees
    /// @return what was done, a line each
    static List<Outcome> apply(Sessions sessions, Configuration before, Configuration after, boolean restart) {
        ConfigurationDiff diff = ConfigurationDiff.between(before, after);
        List<Outcome> outcomes = new ArrayList<>();
        sessions.reconfigure(after);
        for (Project project : diff.added()) {
            outcomes.add(ok(project.name(), "added" + started(sessions, project)));
        }
        for (Project project : diff.removed()) {
            boolean gone = sessions.remove(project.name());
            outcomes.add(ok(project.name(), gone ? "removed" : "no longer configured; it runs on until it is stopped"));
        }
        for (ProjectChange change : diff.changed()) {
            outcomes.add(changed(sessions, change, restart));
        }
        if (!before.telegram().equals(after.telegram()) || !before.mcp().equals(after.mcp())) {
            outcomes.add(ok("", "telegram and mcp settings change when the supervisor is started again"));
        }
        if (outcomes.isEmpty()) {
            outcomes.add(ok("", "nothing has changed"));
        }
        return outcomes;
    }

    private static String started(Sessions sessions, Project project) {
        if (!project.autostart()) {
            return "";
        }
        sessions.find(project.name()).ifPresent(session -> sessions.start(session, false));
        return " and started";
    }

    private static Outcome changed(Sessions sessions, ProjectChange change, boolean restart) {
        String name = change.after().name();
        Session session = sessions.find(name).orElseThrow();
        boolean runs = session.view().state().childPid() != 0;
        if (!change.needsRestart() || !runs) {
            return ok(name, "changed");
        }
        String keys = String.join(", ", change.restartKeys());
        if (restart) {
            sessions.restart(session);
            return ok(name, "changed (" + keys + ") and restarting");
        }
        return ok(name, "changed; " + keys + " wait for its next start (agentctl reload --apply restarts it)");
    }

    private static Outcome ok(String project, String message) {
        return new Outcome(project, ExitCode.OK, message);
    }
}

package dev.agentctl.agent;

import dev.agentctl.project.Project;

/// The command that agents run as their hook.
final class HookCommand {
    private static final int SLACK_SECONDS = 120;

    private HookCommand() {}

    /// How long a hook that waits for an operator may take: a little longer than the card can be answered, so that
    /// it is we who end it.
    static int decisionSeconds(Project project) {
        return Math.toIntExact(project.approvals().timeout().toSeconds() + SLACK_SECONDS);
    }

    static String of(LaunchSite site, String agent) {
        return "bash '" + site.hook().toString().replace("'", "'\\''") + "' " + agent;
    }
}

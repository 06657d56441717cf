package dev.agentctl.agent;

/// The command that agents run as their hook.
final class HookCommand {
    private HookCommand() {}

    static String of(LaunchSite site, String agent) {
        return "bash '" + site.hook().toString().replace("'", "'\\''") + "' " + agent;
    }
}

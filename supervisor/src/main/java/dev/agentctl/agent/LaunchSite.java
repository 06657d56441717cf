package dev.agentctl.agent;

import java.nio.file.Path;
import java.util.Map;

/// What a start of an agent is given by the supervisor.
///
/// @param environment what children inherit, already cleaned of what is the supervisor's own
/// @param cookie marks all processes of the session, see [Environment#SESSION_COOKIE]
/// @param token this start's secret for MCP and hooks
/// @param port the loopback port of MCP and hooks
/// @param folder a private folder of the session for files that the agent is pointed at
/// @param hook the hook command's script
public record LaunchSite(
        Map<String, String> environment, String cookie, String token, int port, Path folder, Path hook) {
    /// Names no environment and no token.
    @Override
    public String toString() {
        return "LaunchSite[" + folder + "]";
    }
}

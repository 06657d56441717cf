package dev.agentctl.daemon;

import dev.agentctl.store.Settings;
import dev.agentctl.tools.ToolServer;
import dev.agentctl.tools.ToolSite;
import java.io.IOException;
import java.util.Optional;

/// Where the agents' tools are served. The port is kept over restarts, for running agents know it.
///
/// @param warning what running agents lose by another port than the one they know
record ToolPort(ToolServer server, Optional<String> warning) {
    private static final String PORT = "tools.port";

    /// @param configured the port that the configuration wants; 0 where it wants none
    /// @throws IOException where that one is taken
    static ToolPort open(int configured, Settings settings, ToolSite site) throws IOException {
        int kept = settings.get(PORT).map(Integer::parseInt).orElse(0);
        int wanted = configured != 0 ? configured : kept;
        ToolPort port;
        try {
            port = new ToolPort(ToolServer.start(wanted, site), Optional.empty());
        } catch (IOException e) {
            if (configured != 0) {
                throw e;
            }
            port = new ToolPort(
                    ToolServer.start(0, site),
                    Optional.of("port " + wanted + " for the agents' tools is taken; agents that run already cannot"
                            + " reach their tools until they are restarted"));
        }
        settings.set(PORT, Integer.toString(port.server.port()));
        return port;
    }
}

package dev.agentctl.session;

import dev.agentctl.host.HostLink;
import dev.agentctl.wire.StateFolder;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.IntSupplier;

/// What every session works with; one for all.
///
/// @param port of MCP and hooks; asked at each start of a child
/// @param environment what children inherit
/// @param hook the script that agents run as their hook
public record Surroundings(
        StateFolder folder,
        HostLink host,
        SessionMemory memory,
        MessageQueue queue,
        SessionListener listener,
        Dialogs dialogs,
        ScheduledExecutorService timers,
        InstantSource clock,
        IntSupplier port,
        Map<String, String> environment,
        Path hook) {
    /// Names no environment.
    @Override
    public String toString() {
        return "Surroundings[" + folder + "]";
    }
}

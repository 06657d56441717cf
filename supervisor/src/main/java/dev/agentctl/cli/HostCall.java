package dev.agentctl.cli;

import dev.agentctl.control.ControlReply.RoleProcess;
import dev.agentctl.host.HostClient;
import dev.agentctl.host.HostedSession;
import dev.agentctl.wire.StateFolder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Asks the running host, and never starts one.
final class HostCall {
    private HostCall() {}

    /// Who the host is, if there is one, and the sessions whose child runs.
    record Presence(Optional<RoleProcess> process, List<String> running) {}

    static Presence presence(StateFolder folder) {
        try (HostClient client = HostClient.connect(folder.hostSocket(), HostClient.Observer.NONE)) {
            List<String> running = new ArrayList<>();
            for (HostedSession session : client.sessions()) {
                if (session.alive()) {
                    running.add(session.name());
                }
            }
            return new Presence(
                    Optional.of(
                            new RoleProcess(client.host().pid(), client.host().version())),
                    running);
        } catch (IOException _) {
            // nobody listens: that is the answer
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        return new Presence(Optional.empty(), List.of());
    }
}

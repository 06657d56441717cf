package dev.agentctl.cli;

import dev.agentctl.control.ControlClient;
import dev.agentctl.control.ControlReply;
import dev.agentctl.control.ControlRequest;
import java.io.IOException;
import java.util.Optional;

/// An open console's connection, which may be made again when the supervisor was restarted. One thread receives, any
/// may send.
final class ConsoleLink implements AutoCloseable {
    private final SupervisorCall supervisor;
    private volatile ControlClient client;

    private ConsoleLink(SupervisorCall supervisor, ControlClient client) {
        this.supervisor = supervisor;
        this.client = client;
    }

    static ConsoleLink open(SupervisorCall supervisor) throws CommandFailure, IOException {
        return new ConsoleLink(supervisor, begun(supervisor.connect()));
    }

    private static ControlClient begun(ControlClient client) throws IOException {
        try {
            client.send(new ControlRequest.OpenConsole());
            return client;
        } catch (IOException e) {
            client.close();
            throw e;
        }
    }

    void say(String line) throws IOException {
        client.send(new ControlRequest.ConsoleLine(line));
    }

    ControlReply receive() throws IOException {
        return client.receive();
    }

    /// Waits for the next supervisor once this one has gone; false where none comes.
    boolean reopen() throws CommandFailure, IOException, InterruptedException {
        client.close();
        Optional<ControlClient> next = supervisor.connectAfterRestart();
        if (next.isPresent()) {
            client = begun(next.get());
        }
        return next.isPresent();
    }

    @Override
    public void close() {
        client.close();
    }
}

package dev.agentctl.control;

import dev.agentctl.wire.Connection;
import java.io.IOException;
import java.util.Optional;

/// The supervisor's side of an open console. One thread reads lines, any may send.
public final class ConsoleConnection {
    private final Connection connection;

    ConsoleConnection(Connection connection) {
        this.connection = connection;
    }

    /// The next line that the person typed; empty when the console is closed.
    public Optional<String> line() throws IOException {
        Optional<byte[]> frame = connection.receive();
        if (frame.isEmpty()) {
            return Optional.empty();
        }
        return ControlProtocol.request(frame.get()) instanceof ControlRequest.ConsoleLine typed
                ? Optional.of(typed.line())
                : Optional.empty();
    }

    public void send(ControlReply reply) throws IOException {
        connection.send(ControlProtocol.encode(reply));
    }
}

package dev.agentctl.control;

import dev.agentctl.wire.Connection;
import dev.agentctl.wire.Greeting;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/// A connection of the command line to the supervisor. One thread receives, any may send.
public final class ControlClient implements AutoCloseable {
    /// A supervisor that makes room for another version is back within this. One that does not answer by then is
    /// stopped, or hangs.
    private static final Duration GREETING = Duration.ofSeconds(30);

    private final Connection connection;

    private ControlClient(Connection connection) {
        this.connection = connection;
    }

    /// Connects to the supervisor that listens at `socket`.
    ///
    /// @throws IOException if none does, or it is of another version; the message says what to do
    public static ControlClient connect(Path socket) throws IOException {
        return connect(socket, GREETING);
    }

    /// @param greeting how long it may take to answer
    static ControlClient connect(Path socket, Duration greeting) throws IOException {
        Connection connection = Connection.to(socket, greeting);
        try {
            Greeting.exchange(connection, "supervisor", ControlProtocol.VERSION);
            return new ControlClient(connection);
        } catch (IOException e) {
            connection.close();
            throw e;
        }
    }

    /// Sends a request and waits for its reply.
    public ControlReply ask(ControlRequest request) throws IOException {
        send(request);
        return receive();
    }

    public void send(ControlRequest request) throws IOException {
        connection.send(ControlProtocol.encode(request));
    }

    /// Waits for the next reply.
    ///
    /// @throws EOFException when the supervisor has gone
    public ControlReply receive() throws IOException {
        byte[] frame = connection.receive().orElseThrow(() -> new EOFException("the supervisor has gone away"));
        return ControlProtocol.reply(frame);
    }

    @Override
    public void close() {
        connection.close();
    }
}

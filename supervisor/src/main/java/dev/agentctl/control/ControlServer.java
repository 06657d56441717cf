package dev.agentctl.control;

import dev.agentctl.wire.Connection;
import dev.agentctl.wire.Greeting;
import dev.agentctl.wire.Listener;
import java.io.IOException;
import java.nio.file.Path;

/// Answers the command line at the supervisor's socket.
public final class ControlServer implements AutoCloseable {
    private final Listener listener;
    private final Handler handler;

    private ControlServer(Path socket, Handler handler) throws IOException {
        this.handler = handler;
        this.listener = Listener.open(socket, this::serve);
    }

    /// Who answers. Called on a virtual thread of the connection; may wait.
    public interface Handler {
        ControlReply answer(ControlRequest request);

        /// A console was opened; returns when it is closed.
        void console(ConsoleConnection console) throws IOException;
    }

    /// Listens. Call only while holding the supervisor's lock.
    public static ControlServer open(Path socket, Handler handler) throws IOException {
        return new ControlServer(socket, handler);
    }

    private void serve(Connection connection) throws IOException {
        Greeting.exchange(connection, "command line", ControlProtocol.VERSION);
        var frame = connection.receive();
        while (frame.isPresent()) {
            ControlRequest request = ControlProtocol.request(frame.get());
            if (request instanceof ControlRequest.OpenConsole) {
                handler.console(new ConsoleConnection(connection));
                return;
            }
            connection.send(ControlProtocol.encode(handler.answer(request)));
            frame = connection.receive();
        }
    }

    @Override
    public void close() {
        listener.close();
    }
}

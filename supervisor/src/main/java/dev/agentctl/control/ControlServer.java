package dev.agentctl.control;

import dev.agentctl.wire.Connection;
import dev.agentctl.wire.Greeting;
import dev.agentctl.wire.Listener;
import dev.agentctl.wire.Succession;
import dev.agentctl.wire.WireException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Phaser;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Answers the command line at the supervisor's socket.
public final class ControlServer implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long LAST_ANSWERS_SECONDS = 2;

    private final Listener listener;
    private final Handler handler;
    /// Answers under way are its parties, beside ourselves.
    private final Phaser answering = new Phaser(1);

    private final Optional<Succession> succession;

    private ControlServer(
            Path socket, Handler handler, Duration patience, Optional<Succession> succession, boolean inherit)
            throws IOException {
        this.handler = handler;
        this.succession = succession;
        ThreadFactory threads = Thread.ofVirtual().factory();
        this.listener = inherit
                ? Listener.inherit(socket, this::serve, patience, threads)
                : Listener.open(socket, this::serve, patience, threads);
        succession.ifPresent(role -> role.listensAt(listener));
        if (inherit) {
            listener.resume();
        }
    }

    /// Who answers. Called on a virtual thread of the connection; may wait.
    public interface Handler {
        ControlReply answer(ControlRequest request);

        /// A console was opened; returns when it is closed.
        void console(ConsoleConnection console) throws IOException;
    }

    /// Listens. Call only while holding the supervisor's lock.
    public static ControlServer open(Path socket, Handler handler) throws IOException {
        return open(socket, handler, PATIENCE);
    }

    /// The same, and lets another build take over.
    ///
    /// @param inherit whether a former program of this process has listened there and left the socket
    public static ControlServer open(Path socket, Handler handler, Succession succession, boolean inherit)
            throws IOException {
        return new ControlServer(socket, handler, PATIENCE, Optional.of(succession), inherit);
    }

    /// @param patience how long a client may take to say who it is, to end a frame, or to read what it is sent
    static ControlServer open(Path socket, Handler handler, Duration patience) throws IOException {
        return new ControlServer(socket, handler, patience, Optional.empty(), false);
    }

    private void serve(Connection connection) throws IOException {
        try {
            if (Greeting.accept(connection, "command line", ControlProtocol.VERSION)) {
                if (succession.isPresent()) {
                    succession.get().serve(connection);
                }
                return;
            }
            var frame = connection.receive();
            while (frame.isPresent()) {
                ControlRequest request = ControlProtocol.request(frame.get());
                if (request instanceof ControlRequest.OpenConsole) {
                    console(connection);
                    return;
                }
                answer(connection, request);
                frame = connection.receive();
            }
        } catch (WireException e) {
            String message = "the supervisor closes the connection: " + e.getMessage();
            connection.send(ControlProtocol.encode(new ControlReply.Refused(ExitCode.ERROR, message)));
            throw e;
        }
    }

    private void console(Connection connection) throws IOException {
        try (ConsoleConnection console = new ConsoleConnection(connection)) {
            handler.console(console);
        }
    }

    private void answer(Connection connection, ControlRequest request) throws IOException {
        answering.register();
        try {
            connection.send(ControlProtocol.encode(handler.answer(request)));
        } finally {
            answering.arriveAndDeregister();
        }
    }

    /// Takes no more connections, and lets answers under way reach whoever asked: the one to `down` is such an answer.
    @Override
    public void close() {
        listener.close();
        try {
            answering.awaitAdvanceInterruptibly(answering.arrive(), LAST_ANSWERS_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException _) {
            // one that takes longer would not be an answer to what ends us
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}

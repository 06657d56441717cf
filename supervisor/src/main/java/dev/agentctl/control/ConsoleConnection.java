package dev.agentctl.control;

import dev.agentctl.wire.Connection;
import dev.agentctl.wire.MemoryBudget;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

/// The supervisor's side of an open console. One thread reads lines, any may send.
///
/// Whoever sends has others to tell, and a console that was suspended (Ctrl-Z) reads nothing: so what is sent waits in
/// a queue, in order, and the console is closed where it does not take it in time or too much waits.
public final class ConsoleConnection implements AutoCloseable {
    /// More than a console that opens is shown of what it has missed.
    private static final long MOST_WAITING = 16L << 20;

    private final Connection connection;
    private final MemoryBudget waiting = new MemoryBudget(MOST_WAITING);
    private final ExecutorService sender = Executors.newSingleThreadExecutor(
            Thread.ofVirtual().name("to console").factory());
    private volatile boolean gone;

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

    /// Sends soon, and never waits.
    ///
    /// @throws IOException if the console is gone
    public void send(ControlReply reply) throws IOException {
        byte[] frame = ControlProtocol.encode(reply);
        if (!gone && !waiting.take(frame.length)) {
            leave();
        }
        if (gone) {
            throw new IOException("the console is gone");
        }
        try {
            sender.execute(() -> deliver(frame));
        } catch (RejectedExecutionException e) {
            throw new IOException("the console is closed", e);
        }
    }

    private void deliver(byte[] frame) {
        try {
            if (!gone) {
                connection.send(frame);
            }
        } catch (IOException _) {
            leave();
        } finally {
            waiting.giveBack(frame.length);
        }
    }

    private void leave() {
        gone = true;
        connection.close();
    }

    /// Ends it when what was sent is with the console, or the console is gone.
    @Override
    public void close() {
        sender.close();
    }
}

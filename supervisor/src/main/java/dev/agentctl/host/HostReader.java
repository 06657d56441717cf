package dev.agentctl.host;

import dev.agentctl.wire.Connection;
import java.io.IOException;
import java.util.Optional;

/// A session's log as a stream. One thread reads; any thread may close.
public final class HostReader implements AutoCloseable {
    private final Connection connection;

    HostReader(Connection connection) {
        this.connection = connection;
    }

    /// Waits for the next item; empty when the stream is over or the host is gone.
    public Optional<LogItem> next() throws IOException {
        Optional<byte[]> frame = connection.receive();
        if (frame.isEmpty()) {
            return Optional.empty();
        }
        HostReply reply = HostProtocol.reply(frame.get()).message();
        if (reply instanceof HostReply.Item(LogItem item)) {
            return Optional.of(item);
        }
        throw new IOException(
                reply instanceof HostReply.Refused refused
                        ? refused.reason()
                        : "the host sent something else into a log stream");
    }

    @Override
    public void close() {
        connection.close();
    }
}

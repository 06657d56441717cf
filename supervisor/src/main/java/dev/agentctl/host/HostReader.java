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
        return switch (HostProtocol.reply(frame.get()).message()) {
            case HostReply.Item(LogItem item) -> Optional.of(item);
            case HostReply.Refused refused -> throw new IOException(refused.reason());
            case HostReply.Spawned _, HostReply.Done _, HostReply.Sessions _, HostReply.Ended _ ->
                throw new IOException("the host sent something else into a log stream");
        };
    }

    @Override
    public void close() {
        connection.close();
    }
}

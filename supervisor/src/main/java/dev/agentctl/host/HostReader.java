package dev.agentctl.host;

import dev.agentctl.wire.Connection;
import dev.agentctl.wire.Greeting;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/// A session's log as a stream. One thread reads; any thread may close.
///
/// Where the host's program is replaced by another one the stream breaks and goes on at the same place.
public final class HostReader implements AutoCloseable {
    /// Breaks without anything between them, after which nobody is there who could go on.
    private static final int MOST_BREAKS = 3;

    private final Path socket;
    private HostRequest.Read next;
    private int breaks;
    private boolean over;
    private volatile Connection connection;
    private volatile boolean closed;

    private HostReader(Path socket, HostRequest.Read read, Connection connection) {
        this.socket = socket;
        this.next = read;
        this.connection = connection;
    }

    static HostReader open(Path socket, HostRequest.Read read) throws IOException {
        return new HostReader(socket, read, connect(socket, read));
    }

    private static Connection connect(Path socket, HostRequest.Read read) throws IOException {
        Connection connection = Connection.to(socket);
        try {
            Greeting.exchange(connection, "host", HostProtocol.VERSION);
            connection.send(HostProtocol.encode(0, read));
            return connection;
        } catch (IOException e) {
            connection.close();
            throw e;
        }
    }

    /// Waits for the next item; empty when the stream is over or the host is gone.
    public Optional<LogItem> next() throws IOException {
        Optional<byte[]> frame = receive();
        if (frame.isEmpty()) {
            return Optional.empty();
        }
        HostReply reply = HostProtocol.reply(frame.get()).message();
        if (reply instanceof HostReply.Item(LogItem item)) {
            passed(item);
            return Optional.of(item);
        }
        throw new IOException(
                reply instanceof HostReply.Refused refused
                        ? refused.reason()
                        : "the host sent something else into a log stream");
    }

    private Optional<byte[]> receive() throws IOException {
        while (true) {
            try {
                Optional<byte[]> frame = connection.receive();
                if (frame.isPresent() || !goOn()) {
                    return frame;
                }
            } catch (IOException e) {
                if (!goOn()) {
                    throw e;
                }
            }
        }
    }

    private void passed(LogItem item) {
        breaks = 0;
        switch (item) {
            case LogItem.Bytes(long from, byte[] bytes) -> next = at(from + bytes.length, next.sequence());
            case LogItem.Marked(long offset, long sequence, Mark _) -> next = at(offset, sequence + 1);
            case LogItem.Gap(long _, long to) -> next = at(to, next.sequence());
            case LogItem.End _ -> over = true;
        }
    }

    private HostRequest.Read at(long offset, long sequence) {
        return new HostRequest.Read(next.session(), offset, sequence, next.follow(), next.lingers());
    }

    /// After a break; false where there is nobody to go on with.
    private boolean goOn() {
        if (closed || over || ++breaks > MOST_BREAKS) {
            return false;
        }
        connection.close();
        try {
            Connection again = connect(socket, next);
            connection = again;
            if (closed) {
                again.close();
            }
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    @Override
    public void close() {
        closed = true;
        connection.close();
    }
}

package dev.agentctl.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Clients that speak to a role's socket byte by byte, so that they can say what no [Connection] would.
public final class HostilePeer implements AutoCloseable {
    private final Path socket;
    private final int protocol;
    private final List<SocketChannel> channels = new ArrayList<>();

    /// @param protocol the version of the role's protocol
    public HostilePeer(Path socket, int protocol) {
        this.socket = socket;
        this.protocol = protocol;
    }

    public SocketChannel connect() throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        channels.add(channel);
        channel.connect(UnixDomainSocketAddress.of(socket));
        return channel;
    }

    /// A client that has said who it is.
    public SocketChannel greeted() throws IOException {
        SocketChannel channel = connect();
        send(channel, new Encoder().i32(protocol).string("hostile").i64(1).toBytes());
        return channel;
    }

    public static void send(SocketChannel channel, byte[] body) throws IOException {
        ByteBuffer frame = ByteBuffer.allocate(4 + body.length)
                .putInt(body.length)
                .put(body)
                .flip();
        while (frame.hasRemaining()) {
            channel.write(frame);
        }
    }

    /// Begins a frame that is to have so many bytes.
    public static void claim(SocketChannel channel, int length) throws IOException {
        channel.write(ByteBuffer.allocate(4).putInt(length).flip());
    }

    /// The newest of all that the other side says until it closes the connection.
    public static String readToEnd(SocketChannel channel) throws IOException {
        ByteBuffer all = ByteBuffer.allocate(1 << 20);
        try {
            while (channel.read(all) >= 0) {
                if (!all.hasRemaining()) {
                    all.clear();
                }
            }
        } catch (IOException e) {
            // a close with our bytes unread is a reset
            assertThat(e).hasMessageContaining("reset");
        }
        return new String(all.array(), 0, all.position(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        for (SocketChannel channel : channels) {
            channel.close();
        }
    }
}

package dev.agentctl.wire;

import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// One side of a connection over a Unix socket: frames of a 4-byte length and a body.
///
/// One thread receives; any thread may send.
public final class Connection implements AutoCloseable {
    /// The largest body: a 20 KB message, a screen with its history and an environment all fit well inside.
    public static final int MAX_BODY = 8 << 20;

    private static final int FIRST_PART = 64 << 10;

    private final SocketChannel channel;
    private final ReentrantLock sending = new ReentrantLock();
    private final ByteBuffer input = ByteBuffer.allocateDirect(64 << 10).flip();

    Connection(SocketChannel channel) {
        this.channel = channel;
    }

    /// Connects to the process that listens at `socket`.
    ///
    /// @throws IOException if none does
    public static Connection to(Path socket) throws IOException {
        ChannelProvider.name();
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(UnixDomainSocketAddress.of(socket));
            return new Connection(channel);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /// Sends one frame whole.
    public void send(byte[] body) throws IOException {
        if (body.length > MAX_BODY) {
            throw new WireException("a frame of " + body.length + " bytes is larger than " + MAX_BODY);
        }
        ByteBuffer header = ByteBuffer.allocate(4).putInt(body.length).flip();
        ByteBuffer[] frame = {header, ByteBuffer.wrap(body)};
        sending.lock();
        try {
            while (frame[1].hasRemaining() || frame[0].hasRemaining()) {
                channel.write(frame);
            }
        } finally {
            sending.unlock();
        }
    }

    /// Waits for the next frame; empty when the other side has closed between two frames.
    ///
    /// @throws WireException if the frame is too large
    /// @throws EOFException if the other side went away inside a frame
    public Optional<byte[]> receive() throws IOException {
        if (!fill(4, true)) {
            return Optional.empty();
        }
        int length = input.getInt();
        if (length < 0 || length > MAX_BODY) {
            throw new WireException("a frame claims " + length + " bytes");
        }
        return Optional.of(body(length));
    }

    /// Grows with what arrives, so that a length that lies costs nothing.
    private byte[] body(int length) throws IOException {
        byte[] body = new byte[Math.min(length, Math.max(FIRST_PART, input.remaining()))];
        int got = Math.min(length, input.remaining());
        input.get(body, 0, got);
        while (got < length) {
            if (got == body.length) {
                body = Arrays.copyOf(body, (int) Math.min(length, 2L * body.length));
            }
            int read = channel.read(ByteBuffer.wrap(body, got, body.length - got));
            if (read < 0) {
                throw new EOFException("the other side went away inside a frame");
            }
            got += read;
        }
        return body;
    }

    private boolean fill(int needed, boolean endAllowed) throws IOException {
        while (input.remaining() < needed) {
            input.compact();
            int read = channel.read(input);
            input.flip();
            if (read < 0) {
                if (endAllowed && !input.hasRemaining()) {
                    return false;
                }
                throw new EOFException("the other side went away inside a frame");
            }
        }
        return true;
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException _) {
            // the descriptor is gone either way, and nobody can act on it
        }
    }
}

package dev.agentctl.wire;

import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// One side of a connection over a Unix socket: frames of a 4-byte length and a body.
///
/// One thread receives; any thread may send. The side that listens gives the other one bounds, see [Listener]: it is
/// closed where it does not say who it is, stops within a frame, or does not read what it is sent.
public final class Connection implements AutoCloseable {
    /// The largest body: a 20 KB message, a screen with its history and an environment all fit well inside.
    public static final int MAX_BODY = 8 << 20;

    private static final int FIRST_PART = 4 << 10;
    private static final int MOST_POSTED = 256 << 10;

    private final SocketChannel channel;
    private final Duration patience;
    private final Duration greeting;
    private final MemoryBudget memory;
    private final ReentrantLock sending = new ReentrantLock();
    private final ByteBuffer input;
    private boolean heard;
    private final PostBox posts = new PostBox(MOST_POSTED);
    private volatile @Nullable String fault;

    private Connection(SocketChannel channel, Duration patience, Duration greeting, MemoryBudget memory, int buffer) {
        this.channel = channel;
        this.patience = patience;
        this.greeting = greeting;
        this.memory = memory;
        this.input = ByteBuffer.allocate(buffer).flip();
    }

    /// The listening side of one.
    ///
    /// @param patience how long the other side may take
    /// @param memory what it may fill with the bodies of frames, together with others
    static Connection accepted(SocketChannel channel, Duration patience, MemoryBudget memory) {
        return new Connection(channel, patience, patience, memory, FIRST_PART);
    }

    /// Connects to the process that listens at `socket`.
    ///
    /// @throws IOException if none does
    public static Connection to(Path socket) throws IOException {
        return to(socket, Duration.ZERO);
    }

    /// The same, and gives it up where it does not say who it is.
    ///
    /// @param greeting how long it may take for that, zero for as long as it takes
    public static Connection to(Path socket, Duration greeting) throws IOException {
        ChannelProvider.name();
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(UnixDomainSocketAddress.of(socket));
            return new Connection(channel, Duration.ZERO, greeting, new MemoryBudget(MAX_BODY), 4 * FIRST_PART);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /// Sends one frame whole.
    public void send(byte[] body) throws IOException {
        try (Deadline _ = deadline(patience, "it does not read what it is sent")) {
            write(body);
        }
    }

    /// Sends one frame whole, at whatever speed the other side reads.
    ///
    /// @param parts of its body
    public void stream(byte[]... parts) throws IOException {
        write(parts);
    }

    /// Sends one frame soon, and never waits: for those who have others to tell, too.
    ///
    /// @throws IOException if too much was posted that the other side has not read; it is closed then
    public void post(byte[] body) throws IOException {
        switch (posts.put(body)) {
            case FIRST -> Thread.ofVirtual().start(this::deliverPosts);
            case BEHIND -> {
                // whoever sends now sends it next
            }
            case FULL -> {
                fail("it does not read what it is sent");
                throw new WireException("the other side does not read what it is sent");
            }
        }
    }

    /// Waits until what was posted is sent, no longer than `patience`.
    public void flush(Duration patience) throws InterruptedException {
        posts.awaitEmpty(patience);
    }

    private void deliverPosts() {
        try {
            for (byte[] next = posts.next(); next != null; next = posts.next()) {
                write(next);
            }
        } catch (IOException _) {
            // it is gone, but what it has asked for may still lie here unread: whoever receives comes to the end
        }
    }

    private void write(byte[]... parts) throws IOException {
        long length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        if (length > MAX_BODY) {
            throw new WireException("a frame of " + length + " bytes is larger than " + MAX_BODY);
        }
        ByteBuffer[] frame = new ByteBuffer[1 + parts.length];
        frame[0] = ByteBuffer.allocate(4).putInt((int) length).flip();
        for (int i = 0; i < parts.length; i++) {
            frame[i + 1] = ByteBuffer.wrap(parts[i]);
        }
        long left = 4 + length;
        sending.lock();
        try {
            while (left > 0) {
                left -= channel.write(frame);
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
        try (Deadline _ = heard ? Deadline.NONE : deadline(greeting, "it does not say who it is")) {
            if (!input.hasRemaining() && !fill()) {
                return Optional.empty();
            }
            heard = true;
        }
        if (isWhole()) {
            return Optional.of(body(input.getInt()));
        }
        try (Deadline _ = deadline(patience, "it does not end a frame that it began")) {
            while (input.remaining() < 4) {
                if (!fill()) {
                    throw new EOFException("the other side went away inside a frame");
                }
            }
            return Optional.of(body(input.getInt()));
        }
    }

    /// Waits until the other side has gone; what it sends until then is dropped. For one that has nothing to say, by
    /// the one thread that receives.
    public void awaitEnd() {
        try {
            while (receive().isPresent()) {
                // it was not asked for anything
            }
        } catch (IOException _) {
            // gone as well
        }
    }

    private boolean isWhole() {
        return input.remaining() >= 4 && input.getInt(input.position()) <= input.remaining() - 4;
    }

    private boolean fill() throws IOException {
        input.compact();
        int read = channel.read(input);
        input.flip();
        return read >= 0;
    }

    /// Grows with what arrives, so that a length that lies costs nothing.
    private byte[] body(int length) throws IOException {
        if (length < 0 || length > MAX_BODY) {
            throw new WireException(
                    "a frame claims " + Integer.toUnsignedLong(length) + " bytes, more than " + MAX_BODY);
        }
        byte[] body =
                new byte[Math.min(length, Math.max(patience.isZero() ? MAX_BODY : FIRST_PART, input.remaining()))];
        int got = Math.min(length, input.remaining());
        input.get(body, 0, got);
        int taken = 0;
        try {
            while (got < length) {
                if (got == body.length) {
                    int more = Math.min(length, 2 * body.length) - body.length;
                    if (!memory.take(more)) {
                        throw new WireException("too much is being sent at once; try again later");
                    }
                    taken += more;
                    body = Arrays.copyOf(body, body.length + more);
                }
                int read = channel.read(ByteBuffer.wrap(body, got, body.length - got));
                if (read < 0) {
                    throw new EOFException("the other side went away inside a frame");
                }
                got += read;
            }
            return body;
        } finally {
            memory.giveBack(taken);
        }
    }

    private Deadline deadline(Duration time, String otherwise) {
        return time.isZero() ? Deadline.NONE : Deadline.in(time, () -> fail(otherwise));
    }

    private void fail(String why) {
        fault = why;
        close();
    }

    /// Why it was closed, where the other side did not keep to its bounds.
    Optional<String> fault() {
        return Optional.ofNullable(fault);
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

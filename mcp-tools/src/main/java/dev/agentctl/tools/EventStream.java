package dev.agentctl.tools;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// One server-sent event stream. Whole events and comments never mix: an event is collected until it is flushed, and
/// goes out under the lock that comments take too.
///
/// It never fails towards the SDK, which would report every lost client as an error. A failed write means that the
/// client has gone: that is told once, and everything later is dropped.
///
/// One thread writes events; any thread may send comments or close.
final class EventStream extends Writer {
    private static final byte[] COMMENT = ":\n\n".getBytes(StandardCharsets.US_ASCII);

    private final OutputStream out;
    private final StreamListener listener;
    private final ReentrantLock turn = new ReentrantLock();

    @GuardedBy("turn")
    private final StringBuilder event = new StringBuilder();

    @GuardedBy("turn")
    private @Nullable EventIds ids;

    @GuardedBy("turn")
    private boolean open = true;

    EventStream(OutputStream out, StreamListener listener) {
        this.out = out;
        this.listener = listener;
    }

    @Override
    public void write(char[] characters, int offset, int length) {
        turn.lock();
        try {
            event.append(characters, offset, length);
        } finally {
            turn.unlock();
        }
    }

    @Override
    public void flush() {
        boolean wrote;
        turn.lock();
        try {
            String whole = ids == null ? event.toString() : ids.stamp(event.toString());
            byte[] bytes = whole.getBytes(StandardCharsets.UTF_8);
            event.setLength(0);
            wrote = bytes.length > 0 && send(bytes);
        } finally {
            turn.unlock();
        }
        if (wrote) {
            listener.wrote();
        }
    }

    /// Gives this and every later event an id, so that the rest of the stream can be asked for.
    void number(EventIds ids) {
        turn.lock();
        try {
            this.ids = ids;
            var _ = send(ids.prime().getBytes(StandardCharsets.UTF_8));
        } finally {
            turn.unlock();
        }
    }

    /// Shows that we live, and finds out whether the client does. A stream that is being written needs no comment.
    void comment() {
        if (turn.tryLock()) {
            try {
                var _ = send(COMMENT);
            } finally {
                turn.unlock();
            }
        }
    }

    /// Makes a client that has gone be noticed by what is written next: the first write to a closed connection
    /// succeeds and only calls forth its reset, which on loopback is there when the write returns.
    void knock() {
        turn.lock();
        try {
            var _ = send(COMMENT);
        } finally {
            turn.unlock();
        }
    }

    @GuardedBy("turn")
    private boolean send(byte[] bytes) {
        if (!open) {
            return false;
        }
        try {
            out.write(bytes);
            out.flush();
            return true;
        } catch (IOException | IllegalStateException gone) {
            // the container answers a write after the end of the exchange with IllegalStateException
            open = false;
            listener.clientGone();
            return false;
        }
    }

    /// Ends what the stream is for, as if its client had gone; what was written still leaves.
    void hangUp() {
        listener.clientGone();
    }

    /// Nothing is written after this returns: the container may give the connection to another exchange.
    @Override
    public void close() {
        turn.lock();
        try {
            open = false;
        } finally {
            turn.unlock();
        }
    }
}

package dev.agentctl.wire;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Frames that wait to be sent, in order and bounded. Any thread puts; whoever was told that it put the first sends
/// until nothing is left.
final class PostBox {
    private final int mostBytes;
    private final ArrayDeque<byte[]> frames = new ArrayDeque<>(); // guarded by itself, as all below
    private int bytes;
    private boolean sending;

    PostBox(int mostBytes) {
        this.mostBytes = mostBytes;
    }

    enum Place {
        FIRST,
        BEHIND,
        FULL
    }

    Place put(byte[] frame) {
        synchronized (frames) {
            if (bytes + frame.length > mostBytes) {
                return Place.FULL;
            }
            frames.add(frame);
            bytes += frame.length;
            boolean first = !sending;
            sending = true;
            return first ? Place.FIRST : Place.BEHIND;
        }
    }

    /// The next one to be sent; null when there is none, and the next put is a first one again.
    byte @Nullable [] next() {
        synchronized (frames) {
            byte[] next = frames.poll();
            if (next == null) {
                sending = false;
                frames.notifyAll();
            } else {
                bytes -= next.length;
            }
            return next;
        }
    }

    /// Waits until all is sent, no longer than `patience`.
    void awaitEmpty(Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        synchronized (frames) {
            long left = patience.toMillis();
            while (sending && left > 0) {
                frames.wait(left);
                left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            }
        }
    }
}

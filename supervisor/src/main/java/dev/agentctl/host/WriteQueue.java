package dev.agentctl.host;

import dev.agentctl.pty.PtyChild;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/// What is to be typed into one child's terminal, in order. Each write is answered when it is in the terminal, or
/// with how much of it is. Any thread may write.
final class WriteQueue {
    /// A child that reads nothing for this long gets no more of what was typed by then.
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final int MOST_QUEUED = 1 << 20;
    /// As much as a terminal takes in one piece.
    static final int AT_ONCE = 1 << 10;

    private final PtyChild child;
    private final BooleanSupplier ended;
    private final ExecutorService writers;
    private final ArrayDeque<Write> writes = new ArrayDeque<>(); // guarded by itself
    private int queuedBytes; // guarded by writes
    private volatile long progress = System.nanoTime();
    private volatile boolean hurried;

    /// @param done how many bytes of the same were put before these
    private record Write(byte[] bytes, int done, Consumer<HostReply> reply, long queued) {
        Write after(int written) {
            return new Write(Arrays.copyOfRange(bytes, written, bytes.length), done + written, reply, queued);
        }
    }

    private enum Place {
        FIRST,
        BEHIND,
        FULL
    }

    /// @param ended whether the child's process has ended
    /// @param writers run what has to wait for a child that does not read
    WriteQueue(PtyChild child, BooleanSupplier ended, ExecutorService writers) {
        this.child = child;
        this.ended = ended;
        this.writers = writers;
    }

    /// Queues bytes for the terminal; `reply` is called when they are in it, or could not be put there.
    void write(byte[] bytes, Consumer<HostReply> reply) {
        Write write = new Write(bytes, 0, reply, System.nanoTime());
        switch (queue(write)) {
            case FIRST -> {
                if (!putAtOnce(write)) {
                    writers.execute(this::drain);
                }
            }
            case BEHIND -> {
                // whoever writes now takes it next
            }
            case FULL ->
                reply.accept(new HostReply.Refused("the agent does not read its terminal; too much is queued", false));
        }
    }

    /// Waits until nothing more is to be typed; what the child does not take is refused soon.
    void awaitEmpty() throws InterruptedException {
        hurried = true;
        synchronized (writes) {
            while (!writes.isEmpty()) {
                writes.wait();
            }
        }
    }

    /// Ends the hurry of [#awaitEmpty].
    void takeTime() {
        hurried = false;
    }

    private Place queue(Write write) {
        synchronized (writes) {
            if (queuedBytes + write.bytes.length > MOST_QUEUED) {
                return Place.FULL;
            }
            queuedBytes += write.bytes.length;
            writes.add(write);
            return writes.size() == 1 ? Place.FIRST : Place.BEHIND;
        }
    }

    /// A key goes into the terminal at once, by the thread that brings it, where there is room.
    ///
    /// @return whether nothing is left to be written
    private boolean putAtOnce(Write write) {
        if (write.bytes.length > AT_ONCE || ended.getAsBoolean()) {
            return false;
        }
        int written = child.write(write.bytes, Duration.ZERO);
        if (written == write.bytes.length) {
            write.reply.accept(new HostReply.Done());
            return isLast(write);
        }
        synchronized (writes) {
            writes.remove();
            writes.addFirst(write.after(written));
            queuedBytes -= written;
        }
        return false;
    }

    private void drain() {
        Write next;
        do {
            synchronized (writes) {
                next = writes.element();
            }
            next.reply.accept(put(next));
        } while (!isLast(next));
    }

    /// Takes what was written out of the queue.
    private boolean isLast(Write written) {
        synchronized (writes) {
            writes.remove();
            queuedBytes -= written.bytes.length;
            writes.notifyAll();
            return writes.isEmpty();
        }
    }

    private HostReply put(Write write) {
        Optional<String> objection = child.objection(write.bytes);
        if (objection.isPresent()) {
            return new HostReply.Refused("nothing was typed: " + objection.get(), true);
        }
        int written = ended.getAsBoolean() ? 0 : child.write(write.bytes, patience(write), () -> hurried);
        if (written > 0) {
            progress = System.nanoTime();
        }
        return written == write.bytes.length
                ? new HostReply.Done()
                : stuck(write.done + written, write.done + write.bytes.length);
    }

    /// What was typed while the child did not read has waited already, and does not wait as long once more.
    private Duration patience(Write write) {
        long since = Math.max(progress - write.queued, 0) + write.queued;
        Duration left = PATIENCE.minusNanos(System.nanoTime() - since);
        return left.isNegative() ? Duration.ZERO : left;
    }

    private HostReply stuck(int written, int length) {
        boolean gone = ended.getAsBoolean();
        String why = gone ? "its process has ended" : "it does not read its terminal";
        return new HostReply.Refused(written + " of " + length + " bytes were typed: " + why, gone);
    }
}

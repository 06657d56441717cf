package dev.agentctl.cli;

import dev.agentctl.pty.OutputQueue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/// Writes to a terminal whose reader may stand still: a stopped window, a line that hangs. While all goes on they wait
/// for it; once the command is to end they do not keep it. One thread at a time writes.
final class LastWrites implements AutoCloseable {
    /// What a slow line may take for a piece that is wanted.
    private static final long PATIENCE_MILLIS = 2_000;

    private static final long PAUSE_MILLIS = 20;
    private static final int STANDARD_OUTPUT = 1;
    /// After what stood still was thrown away there is room; somebody else may write there, too.
    private static final int MOST_TRIES = 3;

    private final AtomicBoolean ending = new AtomicBoolean();
    private final List<Piece> whole = new ArrayList<>(); // whoever writes
    private long number; // guarded by this, as all below
    private long underWay;
    private int discards;
    private boolean over;

    /// Something that is written to the terminal.
    @FunctionalInterface
    interface Piece {
        void write() throws IOException;
    }

    void write(Piece piece) throws IOException {
        begins();
        try {
            piece.write();
        } finally {
            ends();
        }
    }

    /// Of what waited for room a part may have been thrown away: that, and what was to be whole before it, is written
    /// once more.
    void writeWhole(Piece piece) throws IOException {
        int before = discards();
        write(piece);
        if (!ending.get()) {
            return;
        }
        whole.add(piece);
        for (int tries = 1; tries < MOST_TRIES && discards() != before; tries++) {
            before = discards();
            for (Piece each : whole) {
                write(each);
            }
        }
    }

    private synchronized void begins() {
        underWay = ++number;
    }

    private synchronized void ends() {
        underWay = 0;
    }

    private synchronized int discards() {
        return discards;
    }

    /// From here on what the terminal does not take in time is thrown away, whoever writes it.
    void end() {
        if (!ending.getAndSet(true)) {
            Thread.ofPlatform().daemon().name("last writes").start(this::watch);
        }
    }

    private void watch() {
        long seen = 0;
        long since = System.nanoTime();
        try {
            while (true) {
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
                synchronized (this) {
                    if (over) {
                        return;
                    }
                    if (underWay == 0 || underWay != seen) {
                        seen = underWay;
                        since = System.nanoTime();
                    } else if (System.nanoTime() - since > TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS)) {
                        // under the lock, or it would hit what is written next
                        OutputQueue.discard(STANDARD_OUTPUT);
                        discards++;
                    }
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// Nothing more is written.
    @Override
    public synchronized void close() {
        over = true;
    }
}

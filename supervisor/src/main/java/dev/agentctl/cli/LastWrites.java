package dev.agentctl.cli;

import dev.agentctl.pty.OutputQueue;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/// Writes to a terminal whose reader may stand still: a stopped window, a line that hangs. While all goes on they wait
/// for it; once the command is to end they do not keep it. One thread at a time writes.
final class LastWrites implements AutoCloseable {
    /// What a slow line may take for a piece that is wanted.
    private static final long PATIENCE_MILLIS = 2_000;

    private static final long PAUSE_MILLIS = 20;
    private static final int STANDARD_OUTPUT = 1;

    private final OutputStream screen;
    private final AtomicBoolean ending = new AtomicBoolean();
    private long number; // whoever writes
    private volatile long underWay;
    private volatile boolean over;

    LastWrites(OutputStream screen) {
        this.screen = screen;
    }

    void write(byte[] bytes) throws IOException {
        underWay = ++number;
        try {
            screen.write(bytes);
        } finally {
            underWay = 0;
        }
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
            while (!over) {
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
                long now = underWay;
                if (now == 0 || now != seen) {
                    seen = now;
                    since = System.nanoTime();
                } else if (System.nanoTime() - since > TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS)) {
                    OutputQueue.discard(STANDARD_OUTPUT);
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// Nothing more is written.
    @Override
    public void close() {
        over = true;
    }
}

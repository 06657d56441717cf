package dev.agentctl.wire;

import java.util.concurrent.atomic.AtomicLong;

/// Memory that many share, none beyond what is left. Any thread may call.
public final class MemoryBudget {
    private final AtomicLong left;

    public MemoryBudget(long bytes) {
        left = new AtomicLong(bytes);
    }

    /// Takes so much; false, and nothing is taken, where so much is not left.
    public boolean take(long bytes) {
        return left.getAndUpdate(before -> before >= bytes ? before - bytes : before) >= bytes;
    }

    public void giveBack(long bytes) {
        left.addAndGet(bytes);
    }
}

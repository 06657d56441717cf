package dev.agentctl.host;

/// Whether bytes come faster than anybody reads. Who handles a flood may let some of it gather: each piece costs a
/// wake-up of several threads, and a terminal gives but 2 to 4 KiB to whoever reads at once. A key's echo, or a
/// screen that is drawn anew now and then, is none. One thread's own.
///
/// A bucket that holds what has come in excess of 1 MB/s: a flood is on while it is at least half full.
final class Flood {
    private static final int MUCH = 16 << 10;
    private static final long NANOS_A_BYTE = 1_000;

    private long excess;
    private long last;

    /// So many bytes came now, as [System#nanoTime()].
    void came(int count, long now) {
        excess = Math.min(level(now) + count, 2 * MUCH);
        last = now;
    }

    boolean isOn(long now) {
        return level(now) >= MUCH;
    }

    private long level(long now) {
        return Math.max(0, excess - (now - last) / NANOS_A_BYTE);
    }
}

package dev.agentctl.host;

/// How long the reader of a terminal lets a flood gather, so that it wakes up once for 16 to 32 KiB and not for each
/// 2 to 4 KiB. Longer where the child is slow, so as to have that much; shorter where it is fast, for it stands still
/// when what the kernel keeps is full. One thread's own.
final class Gathering {
    private static final int MOST_WANTED = 32 << 10;
    private static final long SHORTEST_NANOS = 250_000;
    /// Of short lines the kernel keeps no more than 8 KiB, so that a longer pause would bring no more, only stop the
    /// child: `yes` printed half as fast with 6 ms.
    private static final long LONGEST_NANOS = 2_000_000;

    private final Flood flood = new Flood();
    private long pause = SHORTEST_NANOS;
    private int gathered;

    /// So many bytes were read now, as [System#nanoTime()].
    void came(int count, long now) {
        flood.came(count, now);
        gathered = Math.min(gathered + count, 2 * MOST_WANTED);
    }

    /// All that there was has been read: how long to let more of it come, in nanoseconds.
    long pause(long now) {
        if (!flood.isOn(now)) {
            pause = 0;
        } else if (gathered < MOST_WANTED / 2) {
            pause = Math.clamp(2 * pause, SHORTEST_NANOS, LONGEST_NANOS);
        } else if (gathered > MOST_WANTED) {
            pause = Math.max(pause / 2, SHORTEST_NANOS);
        }
        gathered = 0;
        return pause;
    }
}

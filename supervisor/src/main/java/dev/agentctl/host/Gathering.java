package dev.agentctl.host;

/// How long the reader of a terminal lets a flood gather, so that it wakes up once for 16 to 32 KiB and not for each
/// 2 to 4 KiB. Longer where the child is slow, so as to have that much; shorter where it is fast, for it stands still
/// when what the kernel keeps is full: 64 KiB of long lines, 8 KiB of `yes`. A longer pause that brings no more is
/// taken back. One thread's own.
final class Gathering {
    private static final int MOST_WANTED = 32 << 10;
    private static final long SHORTEST_NANOS = 250_000;
    private static final long LONGEST_NANOS = 4_000_000;
    /// After so many pauses it is tried again whether a longer one brings more.
    private static final int TRY_AGAIN = 50;

    private final Flood flood = new Flood();
    private long pause = SHORTEST_NANOS;
    private int gathered;
    private int before;
    private boolean lengthened;
    private int kept;

    /// So many bytes were read now, as [System#nanoTime()].
    void came(int count, long now) {
        flood.came(count, now);
        gathered = Math.min(gathered + count, 2 * MOST_WANTED);
    }

    /// All that there was has been read: how long to let more of it come, in nanoseconds.
    long pause(long now) {
        boolean longer = false;
        if (!flood.isOn(now)) {
            pause = 0;
        } else if (gathered > MOST_WANTED) {
            pause = Math.max(pause / 2, SHORTEST_NANOS);
        } else if (lengthened && gathered < before + before / 4) {
            // the terminal was full sooner, and its child stood still
            pause /= 2;
            kept = TRY_AGAIN;
        } else if (gathered < MOST_WANTED / 2 && --kept < 0) {
            longer = pause < LONGEST_NANOS;
            pause = Math.clamp(2 * pause, SHORTEST_NANOS, LONGEST_NANOS);
        }
        lengthened = longer;
        before = gathered;
        gathered = 0;
        return pause;
    }
}

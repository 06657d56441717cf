package dev.agentctl.cli;

import java.util.concurrent.TimeUnit;

/// How far a person's terminal may fall behind the session: about what it takes in a second. One that is slow, or has
/// stood still, would else show for minutes what is past, and the echo of each key after it. One thread's own.
final class Lag {
    private static final long LOOK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
    /// Less than this was no flood, and asks for no look.
    private static final long WORTH_A_LOOK = 64 << 10;

    /// The host keeps as much in memory; what is between may be in sockets and pipes.
    private static final long LEAST = 256 << 10;
    private static final long MOST = 1 << 20;

    private long looked;
    private long shown;
    private long bearable = LEAST;

    Lag(long now) {
        looked = now;
    }

    /// So many bytes more are shown now, as [System#nanoTime()].
    ///
    /// @return whether it is time to look how far behind the terminal is
    boolean shown(int more, long now) {
        shown += more;
        long since = now - looked;
        if (shown < WORTH_A_LOOK || since < LOOK_EVERY_NANOS) {
            return false;
        }
        double seconds = (double) since / TimeUnit.SECONDS.toNanos(1);
        bearable = Math.clamp((long) (shown / seconds), LEAST, MOST);
        looked = now;
        shown = 0;
        return true;
    }

    /// Whether the terminal is to be shown the newest picture instead of so many bytes that led to it.
    boolean isTooMuch(long behind) {
        return behind > bearable;
    }
}

package dev.agentctl.wire;

import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Warnings about clients. However many there are, they do not fill the log. Any thread may call.
final class Complaints {
    private static final Logger LOG = LoggerFactory.getLogger(Complaints.class);
    private static final long EVERY = TimeUnit.SECONDS.toNanos(10);

    private final String about;
    private long next = System.nanoTime();
    private int untold;

    Complaints(String about) {
        this.about = about;
    }

    synchronized void add(String line) {
        long now = System.nanoTime();
        if (now - next < 0) {
            untold++;
            return;
        }
        LOG.warn("{}: {}{}", about, line, untold == 0 ? "" : " (and " + untold + " more before this)");
        untold = 0;
        next = now + EVERY;
    }
}

package dev.agentctl.host;

import java.util.concurrent.CountDownLatch;

/// Channels that are never there: what opens the first one hangs.
public final class HangingChannels {
    public HangingChannels() throws InterruptedException {
        new CountDownLatch(1).await();
    }
}

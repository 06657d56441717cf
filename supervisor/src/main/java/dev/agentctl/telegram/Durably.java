package dev.agentctl.telegram;

import dev.agentctl.store.StoreException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps at it until the state file works again: what happened must be noted, or the next process would have to take it
/// for uncertain.
final class Durably {
    private static final Logger LOG = LoggerFactory.getLogger(Durably.class);
    private static final Duration RETRY = Duration.ofSeconds(1);

    private Durably() {}

    static void note(Runnable note) throws InterruptedException {
        while (true) {
            try {
                note.run();
                return;
            } catch (StoreException e) {
                LOG.debug("telegram: {}; trying again", e.getMessage());
                Thread.sleep(RETRY);
            }
        }
    }
}

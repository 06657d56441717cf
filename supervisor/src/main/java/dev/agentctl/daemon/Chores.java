package dev.agentctl.daemon;

import dev.agentctl.chat.OperatorDesk;
import dev.agentctl.store.StoreException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What is done now and then, whatever happens. What a full disk keeps from being done is done the next time.
final class Chores {
    private static final Logger LOG = LoggerFactory.getLogger(Chores.class);
    /// How long what was delivered is kept, for replies to it and against repeats.
    private static final Duration KEPT = Duration.ofDays(30);

    private final ScheduledExecutorService timers;

    Chores(ScheduledExecutorService timers) {
        this.timers = timers;
    }

    void watchQuestions(OperatorDesk desk) {
        every(5, TimeUnit.SECONDS, desk::expireDue);
        // after a restart Claude Code asks for the rest of a call for 40 s, Codex for 63 s, our bridge every 5 s
        every(2, TimeUnit.MINUTES, desk::giveUpLost);
    }

    void tellWhatCame(Quiet quiet, Tables tables, PostOffice post) {
        every(1, TimeUnit.MINUTES, () -> quiet.tellWhatCame(tables.outbox(), post));
    }

    void listen(ToolPort port, RemoteSide remote) {
        every(10, TimeUnit.SECONDS, port::retry);
        every(10, TimeUnit.SECONDS, remote::retry);
    }

    /// Soon after the start too, for one who is not up for a whole day.
    void forgetOld(Tables tables, InstantSource clock) {
        var _ = timers.scheduleAtFixedRate(
                guarded(() -> tables.trim(clock.instant().minus(KEPT))), 1, 24, TimeUnit.HOURS);
    }

    private void every(long time, TimeUnit unit, Runnable chore) {
        var _ = timers.scheduleWithFixedDelay(guarded(chore), time, time, unit);
    }

    private static Runnable guarded(Runnable chore) {
        return () -> {
            try {
                chore.run();
            } catch (StoreException e) {
                LOG.debug("{}", e.getMessage());
            }
        };
    }
}

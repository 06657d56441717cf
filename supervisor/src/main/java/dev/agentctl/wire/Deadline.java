package dev.agentctl.wire;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Something that happens unless this is closed in time.
final class Deadline implements AutoCloseable {
    /// Lets one wait for ever.
    static final Deadline NONE = new Deadline(null);

    private final @Nullable ScheduledFuture<?> alarm;

    private Deadline(@Nullable ScheduledFuture<?> alarm) {
        this.alarm = alarm;
    }

    static Deadline in(Duration time, Runnable otherwise) {
        return new Deadline(Clock.ALARMS.schedule(otherwise, time.toNanos(), TimeUnit.NANOSECONDS));
    }

    @Override
    public void close() {
        if (alarm != null) {
            alarm.cancel(false);
        }
    }

    /// Begins with the first deadline, and sleeps while there is none.
    private static final class Clock {
        static final ScheduledThreadPoolExecutor ALARMS = alarms();

        private static ScheduledThreadPoolExecutor alarms() {
            ScheduledThreadPoolExecutor alarms = new ScheduledThreadPoolExecutor(
                    1, Thread.ofPlatform().daemon().name("deadlines").factory());
            alarms.setRemoveOnCancelPolicy(true);
            return alarms;
        }
    }
}

package dev.agentctl.tools;

import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/// Makes Reactor's threads daemons. The SDK's sweeper of idle sessions has a thread that is none and that nothing ends:
/// the process would outlive its server for ever.
final class DaemonThreads implements Schedulers.Factory {
    /// Holds for every scheduler that Reactor makes from now on; nothing but the SDK uses Reactor.
    static void use() {
        Schedulers.setFactory(new DaemonThreads());
    }

    @Override
    public Scheduler newSingle(ThreadFactory threads) {
        return Schedulers.Factory.super.newSingle(task -> daemon(threads.newThread(task)));
    }

    private static @Nullable Thread daemon(@Nullable Thread thread) {
        if (thread != null) {
            thread.setDaemon(true);
        }
        return thread;
    }
}

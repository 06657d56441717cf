package dev.agentctl.pty;

import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// The platform threads that start children, wait for their ends, and read their terminals. Whoever has seen an end
/// stays for a moment: the child that follows a crash does not wait for new threads.
public final class KeptThreads {
    private static final int KEPT_SECONDS = 10;

    private static final ThreadPoolExecutor ALL = new ThreadPoolExecutor(
            0,
            Integer.MAX_VALUE,
            KEPT_SECONDS,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            Thread.ofPlatform().daemon().name("no child").factory());

    private KeptThreads() {}

    /// Runs a task in a thread that has its name meanwhile.
    ///
    /// @throws OutOfMemoryError if there can be no more threads
    public static void run(String name, Runnable task) {
        ALL.execute(() -> {
            Thread thread = Thread.currentThread();
            String before = thread.getName();
            thread.setName(name);
            try {
                task.run();
            } finally {
                thread.setName(before);
            }
        });
    }
}

package dev.agentctl.pty;

import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// The platform threads that start children and wait for their ends. Whoever has seen an end stays for a moment: the
/// child that follows a crash does not wait for a new thread.
final class ChildThreads {
    private static final int KEPT_SECONDS = 10;

    private static final ThreadPoolExecutor ALL = new ThreadPoolExecutor(
            0,
            Integer.MAX_VALUE,
            KEPT_SECONDS,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            Thread.ofPlatform().daemon().name("no child").factory());

    private ChildThreads() {}

    /// Runs a child's life in a thread that has its name meanwhile.
    ///
    /// @throws OutOfMemoryError if there can be no more threads
    static void run(String child, Runnable life) {
        ALL.execute(() -> {
            Thread thread = Thread.currentThread();
            String name = thread.getName();
            thread.setName("child " + child);
            try {
                life.run();
            } finally {
                thread.setName(name);
            }
        });
    }
}

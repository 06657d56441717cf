package dev.agentctl.store;

import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;

/// Work on the state file by many at once: each waits before any of it is done.
final class TogetherWaiting {
    private TogetherWaiting() {}

    /// Has all of it done; returns what failed.
    static List<RuntimeException> run(Database database, List<Runnable> works) throws InterruptedException {
        ConcurrentLinkedQueue<RuntimeException> failures = new ConcurrentLinkedQueue<>();
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch all = new CountDownLatch(1);
        Thread before = start(() -> hold(database, held, all), failures);
        held.await();
        List<Thread> threads = works.stream().map(work -> start(work, failures)).toList();
        while (!threads.stream().allMatch(thread -> thread.getState() == Thread.State.WAITING)) {
            Thread.onSpinWait();
        }
        all.countDown();
        before.join();
        for (Thread thread : threads) {
            thread.join();
        }
        return List.copyOf(failures);
    }

    private static void hold(Database database, CountDownLatch held, CountDownLatch all) {
        database.change(_ -> {
            held.countDown();
            try {
                all.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private static Thread start(Runnable work, ConcurrentLinkedQueue<RuntimeException> failures) {
        return Thread.ofPlatform().daemon().start(() -> {
            try {
                work.run();
            } catch (RuntimeException e) {
                failures.add(e);
            }
        });
    }
}

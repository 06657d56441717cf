package dev.agentctl.testkit;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/// Everything that was asked of the model, in order of arrival. Every method may be called from any thread.
final class ModelRecord {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition added = lock.newCondition();

    @GuardedBy("lock")
    private final List<ModelRequest> requests = new ArrayList<>();

    void add(ModelRequest request) {
        lock.lock();
        try {
            requests.add(request);
            added.signalAll();
        } finally {
            lock.unlock();
        }
    }

    List<ModelRequest> requests() {
        lock.lock();
        try {
            return List.copyOf(requests);
        } finally {
            lock.unlock();
        }
    }

    /// The requests that started a turn, the first of each turn only.
    static List<ModelRequest> turns(List<ModelRequest> requests) {
        Set<List<String>> seen = new HashSet<>();
        return requests.stream()
                .filter(request -> request.startsTurn() && seen.add(request.turn()))
                .toList();
    }

    /// Waits until `search` finds something in the requests so far; empty where it did not in time.
    <T> Optional<T> await(Function<List<ModelRequest>, Optional<T>> search, Duration limit)
            throws InterruptedException {
        long left = limit.toNanos();
        lock.lockInterruptibly();
        try {
            Optional<T> found = search.apply(List.copyOf(requests));
            while (found.isEmpty() && left > 0) {
                left = added.awaitNanos(left);
                found = search.apply(List.copyOf(requests));
            }
            return found;
        } finally {
            lock.unlock();
        }
    }
}

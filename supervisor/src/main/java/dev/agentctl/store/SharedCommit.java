package dev.agentctl.store;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// One write to disk for all transactions that were waiting for each other; whoever ran one of them awaits it.
final class SharedCommit {
    /// Whoever ran the first is not to wait for ever longer ones.
    private static final int MOST = 100;

    private final CompletableFuture<Optional<Exception>> end = new CompletableFuture<>();
    private int transactions; // guarded by the database's lock

    void add() {
        transactions++;
    }

    boolean isEmpty() {
        return transactions == 0;
    }

    boolean isFull() {
        return transactions >= MOST;
    }

    void done() {
        end.complete(Optional.empty());
    }

    /// None of its transactions happened.
    void failed(Exception why) {
        end.complete(Optional.of(why));
    }

    /// Why it failed, where it did. Not to be interrupted: who asks must know what became of it.
    Optional<Exception> await() {
        return end.join();
    }
}

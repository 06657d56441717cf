package dev.agentctl.session;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// Those who wait for a session's log to be drawn up to an offset. Its screen guards it.
final class DrawnWatches {
    private final List<Watch> watches = new ArrayList<>();

    private record Watch(long end, CompletableFuture<Long> drawn) {}

    /// Completes with what is drawn by then.
    CompletableFuture<Long> add(long end) {
        Watch watch = new Watch(end, new CompletableFuture<>());
        watches.add(watch);
        return watch.drawn;
    }

    void drawn(long offset) {
        watches.stream().filter(watch -> offset >= watch.end).forEach(watch -> watch.drawn.complete(offset));
        watches.removeIf(watch -> watch.drawn.isDone());
    }
}

package dev.agentctl.tools;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// The open event streams; each gets a comment at every beat.
final class EventStreams implements AutoCloseable {
    private final Set<EventStream> streams = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService beat = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("mcp-comments").factory());

    EventStreams(Pace pace) {
        long nanos = pace.comment().toNanos();
        var _ = beat.scheduleAtFixedRate(this::comment, nanos, nanos, TimeUnit.NANOSECONDS);
    }

    /// Each stream on its own thread: one whose client does not read blocks.
    private void comment() {
        streams.forEach(stream -> Thread.ofVirtual().start(stream::comment));
    }

    void add(EventStream stream) {
        streams.add(stream);
    }

    void remove(EventStream stream) {
        streams.remove(stream);
    }

    /// Ends them all.
    @Override
    public void close() {
        beat.shutdownNow();
        streams.forEach(EventStream::hangUp);
    }
}

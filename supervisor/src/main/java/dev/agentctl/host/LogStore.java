package dev.agentctl.host;

import dev.agentctl.wire.MemoryBudget;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// All byte logs of a host, and the one thread that writes them to disk: whoever reads a terminal only ever puts its
/// bytes into memory. Also the bounds that concern all of them together.
///
/// The thread sleeps while no log has anything new. What a disk refuses is tried again after a while, and each hour
/// what is too old is dropped.
final class LogStore implements AutoCloseable {
    private static final Duration RETRY = Duration.ofMillis(500);
    private static final Duration AGE_CHECK = Duration.ofHours(1);

    private final LogLimits limits;
    private final InstantSource clock;
    private final MemoryBudget memory;
    private final Set<ByteLog> logs = ConcurrentHashMap.newKeySet();
    private final LinkedBlockingQueue<Optional<ByteLog>> waiting = new LinkedBlockingQueue<>();
    private final Set<ByteLog> refused = ConcurrentHashMap.newKeySet();
    private final Thread writer;
    private volatile boolean closed;

    LogStore(LogLimits limits, InstantSource clock) {
        this.limits = limits;
        this.clock = clock;
        this.memory = new MemoryBudget(limits.ringTotal());
        this.writer = Thread.ofPlatform().daemon().name("log writer").start(this::write);
    }

    /// Opens the log of a session's folder; it goes on where it ended. What is damaged in it is put aside.
    ByteLog open(Path folder) {
        Spool spool = Spool.open(new SegmentFolder(folder.resolve("log")), limits, clock);
        ByteLog log = new ByteLog(this, spool, new MarkFile(folder.resolve("marks")));
        logs.add(log);
        return log;
    }

    LogLimits limits() {
        return limits;
    }

    MemoryBudget memory() {
        return memory;
    }

    /// Higher than any number that a former host gave to a mark, even to one that its files do not know.
    long newSequence() {
        return clock.millis();
    }

    /// A log has something to be written.
    void wants(ByteLog log) {
        waiting.add(Optional.of(log));
    }

    void forget(ByteLog log) {
        logs.remove(log);
        refused.remove(log);
    }

    private void write() {
        long ageCheck = System.nanoTime();
        long retry = System.nanoTime();
        while (!closed) {
            List<ByteLog> all = await(refused.isEmpty() ? AGE_CHECK : RETRY);
            all.forEach(this::writeOut);
            if (System.nanoTime() - retry > 0) {
                Set.copyOf(refused).forEach(this::writeOut);
                retry = System.nanoTime() + RETRY.toNanos();
            }
            if (System.nanoTime() - ageCheck > 0) {
                logs.forEach(log -> log.onDisk(Spool::trim));
                ageCheck = System.nanoTime() + AGE_CHECK.toNanos();
            }
            keepTotal();
        }
    }

    /// The logs that have something new, as soon as there is one.
    private List<ByteLog> await(Duration most) {
        List<Optional<ByteLog>> all = new ArrayList<>();
        try {
            Optional<ByteLog> first = waiting.poll(most.toNanos(), TimeUnit.NANOSECONDS);
            if (first != null) {
                all.add(first);
            }
        } catch (InterruptedException _) {
            // this thread is ours, and nobody interrupts it
        }
        waiting.drainTo(all);
        return all.stream().flatMap(Optional::stream).toList();
    }

    private void writeOut(ByteLog log) {
        if (log.writeOut() || !logs.contains(log)) {
            refused.remove(log);
        } else {
            refused.add(log);
        }
    }

    /// Drops the oldest output of all, whosever it is, until the total is within its limit.
    private void keepTotal() {
        long total = 0;
        for (ByteLog log : logs) {
            total += log.spool().bytes();
        }
        while (total > limits.totalBytes()) {
            Optional<ByteLog> oldest = logs.stream()
                    .filter(log -> log.spool().oldest().isPresent())
                    .min(Comparator.comparing(log -> log.spool().oldest().orElse(Instant.MAX)));
            if (oldest.isEmpty()) {
                return;
            }
            long before = oldest.get().spool().bytes();
            oldest.get().onDisk(Spool::dropOldest);
            total -= before - oldest.get().spool().bytes();
            if (before == oldest.get().spool().bytes()) {
                return;
            }
        }
    }

    /// Writes what is left, as far as the disk takes it.
    @Override
    public void close() {
        closed = true;
        waiting.add(Optional.empty());
        try {
            // a disk that hangs must not keep the host from its end
            writer.join(TimeUnit.SECONDS.toMillis(5));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        for (ByteLog log : logs) {
            log.writeOut();
            log.onDisk(Spool::close);
        }
    }
}

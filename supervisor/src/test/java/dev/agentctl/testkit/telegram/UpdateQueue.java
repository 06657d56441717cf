package dev.agentctl.testkit.telegram;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// The updates that wait for the bot, with the real server's rules: an offset confirms everything below it; one that
/// is out of range means the beginning; an update is kept for 24 hours; a newer poll ends the older. Any thread may
/// call.
final class UpdateQueue {
    private static final Duration KEPT = Duration.ofHours(24);

    @GuardedBy("this")
    private final Deque<Update> updates = new ArrayDeque<>();

    @GuardedBy("this")
    private long nextId = 1;

    @GuardedBy("this")
    private long poll;

    @GuardedBy("this")
    private boolean polling;

    @GuardedBy("this")
    private Duration ahead = Duration.ZERO;

    private record Update(long id, Instant at, JsonNode content) {}

    /// Adds an update and gives it its id.
    synchronized long add(ObjectNode content) {
        long id = nextId++;
        content.put("update_id", id);
        updates.add(new Update(id, now(), content));
        notifyAll();
        return id;
    }

    /// The next update gets this id, as after a week without any.
    synchronized void restartIdsAt(long id) {
        nextId = id;
    }

    synchronized void advance(Duration time) {
        ahead = ahead.plus(time);
    }

    /// How many updates the bot has not confirmed.
    synchronized int size() {
        expire();
        return updates.size();
    }

    synchronized void clear() {
        updates.clear();
    }

    /// Answers a poll.
    ///
    /// @param timeout how long to wait where there is nothing
    List<JsonNode> poll(long offset, int limit, Duration timeout) throws ApiError, InterruptedException {
        synchronized (this) {
            long own = ++poll;
            notifyAll();
            expire();
            long from = confirm(offset);
            long end = System.nanoTime() + timeout.toNanos();
            polling = true;
            while (from(from, limit).isEmpty()) {
                long left = (end - System.nanoTime()) / 1_000_000;
                if (left <= 0) {
                    break;
                }
                wait(left);
                from = confirm(offset);
                if (poll != own) {
                    throw ApiError.of(
                            409,
                            "Conflict: terminated by other getUpdates request; make sure that only one bot instance"
                                    + " is running");
                }
            }
            polling = false;
            notifyAll();
            return from(from, limit);
        }
    }

    /// Waits until a poll is open.
    synchronized void awaitPoll(Duration atMost) {
        long end = System.nanoTime() + atMost.toNanos();
        while (!polling) {
            waitUntil(end, "no poll");
        }
    }

    /// Waits until every update is confirmed.
    synchronized void awaitConfirmed(Duration atMost) {
        long end = System.nanoTime() + atMost.toNanos();
        while (!updates.isEmpty()) {
            waitUntil(end, "updates not confirmed");
        }
    }

    @SuppressWarnings("WaitNotInLoop") // its callers loop
    private synchronized void waitUntil(long end, String problem) {
        long left = (end - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
            throw new AssertionError(problem + " in time");
        }
        try {
            wait(left);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(problem + ": interrupted", e);
        }
    }

    /// Forgets what the offset confirms and says where to begin.
    private synchronized long confirm(long offset) {
        if (offset < 0) {
            List<Update> all = new ArrayList<>(updates);
            int kept = (int) Math.min(all.size(), -offset);
            updates.clear();
            updates.addAll(all.subList(all.size() - kept, all.size()));
            return 0;
        }
        if (offset > nextId) {
            return 0;
        }
        if (updates.removeIf(update -> update.id() < offset)) {
            notifyAll();
        }
        return offset;
    }

    private synchronized List<JsonNode> from(long offset, int limit) {
        return updates.stream()
                .filter(update -> update.id() >= offset)
                .limit(limit)
                .map(Update::content)
                .toList();
    }

    private synchronized void expire() {
        Instant oldest = now().minus(KEPT);
        updates.removeIf(update -> update.at().isBefore(oldest));
    }

    private synchronized Instant now() {
        return Instant.now().plus(ahead);
    }
}

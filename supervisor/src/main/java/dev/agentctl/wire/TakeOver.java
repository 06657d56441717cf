package dev.agentctl.wire;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How a program takes the place of its predecessor in the same process, and how the predecessor comes back where it
/// cannot, or is not there in time: one that hangs ends as all threads do when the process runs another program.
///
/// That its machine would not run at all is found out before, by a [Trial] of the same command line: from `execve` on
/// there is nobody else in the process who could. Where the process ends over it all the same, a [Guard] begins anew.
public final class TakeOver {
    private static final Logger LOG = LoggerFactory.getLogger(TakeOver.class);
    /// A start takes 0.3 s; on a machine with ten times more to do than it can, 7 s.
    private static final Duration USUAL_PATIENCE = Duration.ofSeconds(60);

    /// Another patience, in milliseconds.
    static final String PATIENCE = "agentctl.takeover.patience";

    private final String role;
    private final HandOver.Task.Adopt task;
    private boolean settled; // guarded by this

    /// @param role what it is called in messages
    public TakeOver(String role, HandOver.Task.Adopt task) {
        this.role = role;
        this.task = task;
    }

    /// What begins in the predecessor's place.
    @FunctionalInterface
    public interface Beginning<T> {
        T from(HandOver handOver) throws IOException, InterruptedException;
    }

    /// Lets it begin.
    ///
    /// @return what has begun; empty where it failed and the predecessor cannot be run either
    public <T> Optional<T> begin(Beginning<T> beginning) throws InterruptedException {
        HandOver handOver;
        try {
            handOver = HandOver.read(task.file());
        } catch (IOException e) {
            LOG.error("the {} cannot go on: {}", role, e.getMessage());
            return Optional.empty();
        }
        boolean back = !task.problem().isEmpty();
        if (!back) {
            Thread.ofPlatform().daemon().name("take-over").start(() -> watch(handOver));
        }
        try {
            T begun = beginning.from(handOver);
            settle();
            forget();
            if (back) {
                LOG.error("this version of the {} goes on: its successor failed: {}", role, task.problem());
            }
            return Optional.of(begun);
        } catch (IOException | RuntimeException | Error e) {
            LOG.error("the {} cannot go on: {}", role, reason(e));
            if (!back) {
                goBack(handOver, reason(e));
            }
            return Optional.empty();
        }
    }

    /// From here on what hangs is no reason to go back: called before the first thing that the predecessor could not
    /// know of.
    public synchronized void settle() {
        settled = true;
    }

    private void watch(HandOver handOver) {
        long patience = Objects.requireNonNull(Long.getLong(PATIENCE, USUAL_PATIENCE.toMillis()));
        try {
            TimeUnit.MILLISECONDS.sleep(patience);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return;
        }
        synchronized (this) {
            if (!settled) {
                LOG.error("the {} cannot go on: it was not ready within {} ms", role, patience);
                goBack(handOver, "it was not ready within " + patience + " ms");
            }
        }
    }

    /// Does not return where it succeeds.
    private void goBack(HandOver handOver, String problem) {
        try {
            handOver.goBack(task.file(), problem, task.guard());
        } catch (IOException e) {
            LOG.error("the former version cannot be run either: {}", e.getMessage());
        }
    }

    /// The guard ends where it finds the file gone.
    private void forget() {
        try {
            Files.deleteIfExists(task.file());
            Guard.release(task.guard());
        } catch (IOException e) {
            LOG.warn("the hand-over stays, and the next one replaces it: {}", e.getMessage());
        }
    }

    /// What was wrong in the end, in one line.
    private static String reason(Throwable e) {
        Throwable first = e;
        while (first.getCause() != null) {
            first = first.getCause();
        }
        String words = first instanceof IOException ? String.valueOf(first.getMessage()) : first.toString();
        return words.lines().findFirst().orElse(words);
    }
}

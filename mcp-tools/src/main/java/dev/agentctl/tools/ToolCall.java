package dev.agentctl.tools;

import dev.agentctl.tools.OpenCall.Ending;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One call of a tool: who called, and how to wait on its behalf. It belongs to the thread that serves the call,
/// which is a virtual one and may block.
final class ToolCall {
    private final OpenCall open;
    private final String key;
    private final Quota waiting;
    private final ProgressSink progress;
    private final Duration beat;

    /// @param key names the call for idempotency
    /// @param beat between two reports of progress
    ToolCall(OpenCall open, String key, Quota waiting, ProgressSink progress, Duration beat) {
        this.open = open;
        this.key = key;
        this.waiting = waiting;
        this.progress = progress;
        this.beat = beat;
    }

    Caller caller() {
        return open.caller();
    }

    /// Names this call: the same when a client repeats it.
    String key() {
        return key;
    }

    /// What is left of a timeout for a call that may have begun in an earlier process.
    Duration remaining(Duration timeout) {
        Duration left = timeout.minus(Duration.between(open.since(), Instant.now()));
        return left.isNegative() ? Duration.ZERO : left;
    }

    /// Waits until the answer is there or the call should wait no longer, then cancels that future. A call that is
    /// over before does not begin.
    ///
    /// @param begin begins to wait for the answer
    /// @param untaken runs when the client will not take the answer, or has not taken it: before one came, as it
    ///     came, or after it has left
    /// @throws ExecutionException when the answer failed
    <T> Waited<T> await(Supplier<CompletableFuture<T>> begin, Runnable untaken) throws ExecutionException {
        if (open.isOver().isPresent()) {
            return ended(untaken);
        }
        CompletableFuture<T> answer = begin.get();
        if (!waiting.take(caller())) {
            answer.cancel(true);
            return new Waited.Refused<>();
        }
        try {
            if (!answer.isDone()) {
                open.waits();
            }
            watch(answer);
            return answer.cancel(true) ? ended(untaken) : arrived(answer.get(), untaken);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            answer.cancel(true);
            return new Waited.Ended<>(Ending.RESTARTING);
        } finally {
            waiting.release(caller());
        }
    }

    private <T> Waited<T> ended(Runnable untaken) {
        Ending ending = open.ended().join();
        if (ending.isForGood()) {
            untaken.run();
        }
        return new Waited.Ended<>(ending);
    }

    private <T> Waited<T> arrived(T value, Runnable untaken) {
        return open.hasAnswer(untaken)
                ? new Waited.Arrived<>(value)
                : new Waited.Ended<>(open.ended().join());
    }

    /// As for [#await], for an answer that needed no waiting.
    void hasAnswer(Runnable untaken) {
        var _ = open.hasAnswer(untaken);
    }

    /// Reports progress until one of the two is done.
    private void watch(CompletableFuture<?> answer) throws InterruptedException {
        CompletableFuture<@Nullable Object> either = CompletableFuture.anyOf(answer, open.ended());
        long begun = System.nanoTime();
        while (true) {
            try {
                either.get(beat.toNanos(), TimeUnit.NANOSECONDS);
                return;
            } catch (ExecutionException failed) {
                return;
            } catch (TimeoutException beatPassed) {
                Duration waited = Duration.ofNanos(System.nanoTime() - begun);
                progress.report(waited.toMillis() / 1000.0, "waiting for the operator since " + inWords(waited));
            }
        }
    }

    private static String inWords(Duration waited) {
        return waited.toMinutes() < 1 ? waited.toSeconds() + " s" : waited.toMinutes() + " min";
    }
}

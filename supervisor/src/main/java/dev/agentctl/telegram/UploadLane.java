package dev.agentctl.telegram;

import dev.agentctl.store.OutboxRow;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends large files, one at a time, on a thread and connections of its own: 50 MB take minutes on a slow line, and no
/// question may wait for that.
final class UploadLane {
    private static final Logger LOG = LoggerFactory.getLogger(UploadLane.class);

    private final BotApi api;
    private final Delivery delivery;
    private final Runnable done;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("telegram-upload").factory());

    /// @param done is told when one has ended, so that the next may begin
    UploadLane(BotApi api, Runnable done) {
        this.api = api;
        this.done = done;
        delivery = new Delivery(api, _ -> {});
    }

    /// Returns at once.
    ///
    /// @param note is told what came of it
    void begin(OutboxRow row, Part part, Consumer<ApiAnswer> note) {
        thread.execute(() -> {
            try {
                ApiAnswer answer = deliver(row, part);
                Durably.note(() -> note.accept(answer));
                done.run();
            } catch (InterruptedException _) {
                // the row stays under way, and is uncertain to the next process
                Thread.currentThread().interrupt();
            }
        });
    }

    /// Whatever happens, the row is under way no longer: it would hold up all that are behind it.
    private ApiAnswer deliver(OutboxRow row, Part part) throws InterruptedException {
        try {
            return delivery.deliver(row, part);
        } catch (RuntimeException e) {
            String what = e.getClass().getSimpleName();
            LOG.error("telegram: cannot upload message {}: {}", row.id(), what);
            return new ApiAnswer.NoAnswer(what);
        }
    }

    /// Ends after the upload that is under way, if that takes no longer; else cuts it off.
    void close(Duration atMost) throws InterruptedException {
        thread.shutdown();
        if (!thread.awaitTermination(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
            api.close();
            thread.shutdownNow();
        }
        api.close();
    }
}

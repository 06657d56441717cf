package dev.agentctl.telegram;

import dev.agentctl.chat.ChatAddress;
import dev.agentctl.store.Audit;
import dev.agentctl.store.Outbox;
import dev.agentctl.store.OutboxRow;
import dev.agentctl.store.StoreException;
import dev.agentctl.store.Waiting;
import dev.agentctl.store.Waiting.Urgency;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Drains the outbox, one call at a time: picks what may go, notes the attempt, calls, notes what came of it.
/// Only large files go beside that, by the [UploadLane].
final class Sender {
    private static final Logger LOG = LoggerFactory.getLogger(Sender.class);
    private static final Duration STORE_RETRY = Duration.ofSeconds(1);
    private static final Duration LOOK = Duration.ofSeconds(5);
    private static final Duration TRIM_EVERY = Duration.ofHours(1);
    private static final Duration KEPT = Duration.ofDays(60);
    private static final Duration RECEIPT_LASTS = Duration.ofSeconds(30);
    private static final int MUCH = 10;

    private final Outbox outbox;
    private final Delivery delivery;
    private final UploadLane uploads;
    private final Introduction introduction;
    private final TopicKeeper topics;
    private final ChatAddress home;
    private final SendBudget budget;
    private final Verdict verdict;
    private final Health health;
    private final Doorbell changes;
    private final InstantSource clock;
    private final Thread thread =
            Thread.ofPlatform().daemon().name("telegram-send").unstarted(this::run);
    private volatile boolean closing;
    private Instant nextTrim = Instant.MIN;

    Sender(
            Outbox outbox,
            Audit audit,
            BotApi api,
            UploadLane uploads,
            Introduction introduction,
            TopicKeeper topics,
            ChatAddress home,
            Pace pace,
            Health health,
            Doorbell changes,
            InstantSource clock) {
        this.outbox = outbox;
        this.introduction = introduction;
        this.topics = topics;
        this.home = home;
        this.health = health;
        this.changes = changes;
        this.clock = clock;
        this.uploads = uploads;
        delivery = new Delivery(api, topics::gone);
        budget = new SendBudget(pace, clock.instant());
        verdict = new Verdict(outbox, audit, budget, pace, health, clock);
    }

    void start() {
        thread.start();
    }

    /// Ends after the call that is under way, and waits for that so long.
    void close(Duration atMost) throws InterruptedException {
        closing = true;
        changes.ring();
        thread.join(atMost);
    }

    /// Ends now, for a call whose connection has been cut.
    void abort(Duration atMost) throws InterruptedException {
        thread.interrupt();
        thread.join(atMost);
    }

    private void run() {
        try {
            Durably.note(() -> outbox.recover(TelegramSettings.CHAT_NAME));
            while (!closing) {
                introduction.attempt(clock.instant());
                work();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void work() throws InterruptedException {
        try {
            List<Waiting> heads = outbox.waiting(TelegramSettings.CHAT_NAME);
            Instant now = clock.instant();
            switch (NextSend.choose(heads, budget, now)) {
                case NextSend.Overtaken(Waiting row) -> outbox.dropped(row.id(), "overtaken");
                case NextSend.Now(Waiting row) -> send(row);
                case NextSend.Later(Instant at) -> {
                    dropOutdatedNews(heads);
                    changes.await(Duration.between(now, at));
                }
                case NextSend.Nothing() -> {
                    if (!renamed(now)) {
                        changes.await(LOOK);
                        trim();
                    }
                }
            }
        } catch (StoreException e) {
            health.sendingFailed(e.getMessage() + "; trying again");
            Thread.sleep(STORE_RETRY);
        }
    }

    /// Topics' names follow their sessions' states where nothing else is to be sent and nothing is short.
    private boolean renamed(Instant now) throws InterruptedException {
        if (budget.readyAt(home.room(), Urgency.RECEIPT, now).isAfter(now) || !topics.rename(home)) {
            return false;
        }
        budget.take(home.room(), now);
        return true;
    }

    private void trim() {
        Instant now = clock.instant();
        if (now.isAfter(nextTrim)) {
            outbox.trim(now.minus(KEPT));
            nextTrim = now.plus(TRIM_EVERY);
        }
    }

    private void send(Waiting waiting) throws InterruptedException {
        OutboxRow row = outbox.attempt(waiting.id()).orElse(null);
        if (row == null) {
            return;
        }
        if (waiting.urgency() == Urgency.RECEIPT && isOver(row.createdAt(), RECEIPT_LASTS)) {
            Durably.note(() -> outbox.dropped(row.id(), "too late"));
            return;
        }
        try {
            deliver(row, waiting.isUpload());
        } catch (StoreException e) {
            throw e;
        } catch (RuntimeException e) {
            // a row that cannot even be rendered must not hold up the others
            String what = e.getClass().getSimpleName();
            LOG.error("telegram: cannot send message {}: {} at {}", row.id(), what, Arrays.toString(e.getStackTrace()));
            Durably.note(() -> verdict.unsendable(row, what));
        }
    }

    private void deliver(OutboxRow row, boolean isUpload) throws InterruptedException {
        Instant now = clock.instant();
        switch (topics.place(row, () -> budget.take(row.to().room(), now), now)) {
            case TopicKeeper.Place.There(OutboxRow placed) -> deliverThere(placed, isUpload);
            case TopicKeeper.Place.NotNow(ApiAnswer answer) ->
                Durably.note(() -> verdict.note(
                        row,
                        false,
                        // no message has left, whatever became of its topic
                        answer instanceof ApiAnswer.Refused ? answer : new ApiAnswer.NotSent("no topic yet")));
        }
    }

    private void deliverThere(OutboxRow row, boolean isUpload) throws InterruptedException {
        List<Part> parts = Part.of(row);
        if (row.partsSent() >= parts.size()) {
            Durably.note(() -> outbox.dropped(row.id(), "nothing to show"));
            return;
        }
        budget.take(row.to().room(), clock.instant());
        Part part = parts.get(row.partsSent());
        boolean last = row.partsSent() + 1 == parts.size();
        if (isUpload && part instanceof Part.Upload) {
            uploads.begin(row, part, answer -> verdict.note(row, last, answer));
            return;
        }
        ApiAnswer answer = delivery.deliver(row, part);
        Durably.note(() -> verdict.note(row, last, answer));
    }

    private boolean isOver(Instant since, Duration time) {
        return clock.instant().isAfter(since.plus(time));
    }

    /// Where more waits than a chat takes, news that is no news any more makes room.
    private void dropOutdatedNews(List<Waiting> heads) {
        heads.stream().map(Waiting::room).distinct().forEach(room -> {
            if (outbox.backlog(TelegramSettings.CHAT_NAME, room) > MUCH) {
                outbox.dropOutdatedNews(TelegramSettings.CHAT_NAME, room);
            }
        });
    }
}

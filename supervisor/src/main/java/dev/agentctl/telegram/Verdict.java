package dev.agentctl.telegram;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agentctl.chat.Outgoing;
import dev.agentctl.store.Audit;
import dev.agentctl.store.Outbox;
import dev.agentctl.store.OutboxRow;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// Decides what an answer means for its row, and notes it.
///
/// | answer | the row |
/// |---|---|
/// | done | sent, or its next part is due |
/// | 429 | waits as long as told, and its room with it |
/// | 401, 403, 404, chat not found | waits; the operator sees why in the health line |
/// | other 4xx | dropped and noted in the audit: it would be refused for ever |
/// | 5xx, not sent | tried again later |
/// | a proxy's page | tried again later, marked as a possible repeat |
/// | no answer | repeated once with a mark; news is dropped |
final class Verdict {
    private static final Duration CLOSED_CHAT = Duration.ofMinutes(10);
    private static final Duration REFUSED_BOT = Duration.ofSeconds(30);
    private static final int FLOOD = 429;
    private static final int SERVER_ERRORS = 500;

    private final SendBudget budget;
    private final Outbox outbox;
    private final Audit audit;
    private final Pace pace;
    private final Health health;
    private final InstantSource clock;

    Verdict(Outbox outbox, Audit audit, SendBudget budget, Pace pace, Health health, InstantSource clock) {
        this.budget = budget;
        this.outbox = outbox;
        this.audit = audit;
        this.pace = pace;
        this.health = health;
        this.clock = clock;
    }

    /// @param last the part was the row's last one
    void note(OutboxRow row, boolean last, ApiAnswer answer) {
        switch (answer) {
            case ApiAnswer.Done(JsonNode result) -> done(row, last, result);
            case ApiAnswer.Refused refused -> refused(row, refused);
            case ApiAnswer.Garbled(String what) -> {
                health.sendingFailed("cannot send (" + what + "); trying again");
                outbox.retryMarked(row.id(), later(row), what);
            }
            case ApiAnswer.NotSent(String why) -> {
                health.sendingFailed("cannot send (" + why + "); trying again");
                outbox.retry(row.id(), later(row), why);
            }
            case ApiAnswer.NoAnswer(String why) -> {
                health.sendingFailed("no answer to what was sent (" + why + "); trying again");
                if (!outbox.uncertain(row.id(), later(row), why)) {
                    undelivered(row, "no answer (" + why + "): it may have arrived");
                }
            }
        }
    }

    /// It cannot be put into a call at all.
    void unsendable(OutboxRow row, String why) {
        outbox.dropped(row.id(), why);
        undelivered(row, why);
    }

    private void done(OutboxRow row, boolean last, JsonNode result) {
        health.sent();
        String messageId = result.path("message_id").asText();
        if (last) {
            outbox.sent(row.id(), messageId);
        } else {
            outbox.partSent(row.id(), messageId);
        }
    }

    private void refused(OutboxRow row, ApiAnswer.Refused refused) {
        String error = refused.code() + " " + refused.description();
        if (refused.retryAfter().isPresent()) {
            Instant until = clock.instant().plus(refused.retryAfter().get());
            budget.hold(row.to().room(), until);
            outbox.retry(row.id(), until, error);
            outbox.dropOutdatedNews(row.to().chat(), row.to().room());
        } else if (row.what() instanceof Outgoing.Receipt) {
            outbox.dropped(row.id(), error);
        } else if (refused.migratedTo().isPresent()) {
            outbox.retry(row.id(), clock.instant(), error);
            outbox.move(
                    row.to().chat(),
                    row.to().room(),
                    Long.toString(refused.migratedTo().get()));
        } else {
            refusedForNow(row, refused, error);
        }
    }

    private void refusedForNow(OutboxRow row, ApiAnswer.Refused refused, String error) {
        switch (refused.code()) {
            case 401, 404 -> hold(row, REFUSED_BOT, Health.explain(refused.code(), refused.description()));
            case 403 ->
                hold(row, CLOSED_CHAT, "cannot write to chat " + row.to().room() + ": " + error);
            default -> {
                if (refused.description().contains("chat not found")) {
                    hold(row, CLOSED_CHAT, "cannot write to chat " + row.to().room() + ": " + error);
                } else if (refused.code() >= SERVER_ERRORS || refused.code() == FLOOD) {
                    outbox.retry(row.id(), later(row), error);
                } else {
                    unsendable(row, error);
                }
            }
        }
    }

    private void hold(OutboxRow row, Duration time, String why) {
        health.sendingFailed(why);
        outbox.retry(row.id(), clock.instant().plus(time), why);
    }

    private void undelivered(OutboxRow row, String why) {
        if (!(row.what() instanceof Outgoing.Receipt)) {
            audit.record(row.to().chat(), "agentctl", "send message " + row.id(), "not delivered: " + why);
        }
    }

    private Instant later(OutboxRow row) {
        return clock.instant().plus(pace.retryAfter(row.attempts()));
    }
}

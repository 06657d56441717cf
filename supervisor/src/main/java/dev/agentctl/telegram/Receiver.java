package dev.agentctl.telegram;

import dev.agentctl.chat.ChatAddress;
import dev.agentctl.chat.IncomingHandler;
import dev.agentctl.chat.Outgoing;
import dev.agentctl.chat.Outgoing.Kind;
import dev.agentctl.chat.Press;
import dev.agentctl.store.Audit;
import dev.agentctl.store.Inbox;
import dev.agentctl.store.Outbox;
import dev.agentctl.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes stored updates in their order, one at a time: judges each, acts, and marks it done. What was stored but not
/// done when a process died is handled by the next one. An update that cannot be handled is marked so, and never
/// stops those behind it; only a failing state file does, until it works again.
///
/// There is one for messages and one for pressed buttons, so that no press waits behind a message.
final class Receiver {
    private static final String PRESS = "callback_query";

    private static final Logger LOG = LoggerFactory.getLogger(Receiver.class);
    private static final int BATCH = 100;
    private static final Duration STORE_RETRY = Duration.ofSeconds(1);
    private static final Duration LOOK = Duration.ofMinutes(10);
    private static final Duration TRIM_EVERY = Duration.ofHours(1);
    private static final Duration KEPT = Duration.ofDays(9);

    private final String bot;
    private final boolean presses;
    private final Inbox inbox;
    private final Outbox outbox;
    private final Audit audit;
    private final IncomingHandler handler;
    private final UpdateReader reader;
    private final RefusalLog refusals;
    private final Supplier<Optional<String>> botName;
    private final Doorbell arrivals = new Doorbell();
    private final Runnable outboxChanged;
    private final QueryAnswers answers;
    private final InstantSource clock;
    private final Thread thread;
    private volatile boolean closing;
    private Instant nextTrim = Instant.MIN;

    /// @param presses whether it takes presses or messages
    Receiver(
            boolean presses,
            TelegramSettings settings,
            Stores stores,
            IncomingHandler handler,
            Supplier<Optional<String>> botName,
            QueryAnswers answers,
            Runnable outboxChanged,
            InstantSource clock) {
        this.presses = presses;
        bot = settings.bot();
        inbox = stores.inbox();
        outbox = stores.outbox();
        audit = stores.audit();
        this.handler = handler;
        this.botName = botName;
        this.answers = answers;
        this.outboxChanged = outboxChanged;
        this.clock = clock;
        reader = new UpdateReader(settings);
        refusals = new RefusalLog(audit, clock);
        thread = Thread.ofPlatform()
                .daemon()
                .name(presses ? "telegram-press" : "telegram-receive")
                .unstarted(this::run);
    }

    /// New updates are stored.
    void ring() {
        arrivals.ring();
    }

    void start() {
        thread.start();
    }

    /// Ends after the message that is being handled, which stays pending if it does not end in time.
    void close(Duration atMost) throws InterruptedException {
        closing = true;
        arrivals.ring();
        thread.join(atMost);
        thread.interrupt();
    }

    private void run() {
        try {
            while (!closing) {
                work();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void work() throws InterruptedException {
        try {
            List<Inbox.Entry> batch = inbox.pending(bot, PRESS, presses, BATCH);
            for (Inbox.Entry entry : batch) {
                if (!closing) {
                    handle(entry);
                }
            }
            if (batch.isEmpty()) {
                arrivals.await(LOOK);
                trim();
            }
        } catch (StoreException e) {
            LOG.warn("telegram: {}; trying again", e.getMessage());
            Thread.sleep(STORE_RETRY);
        }
    }

    private void trim() {
        Instant now = clock.instant();
        if (now.isAfter(nextTrim)) {
            inbox.trim(now.minus(KEPT));
            nextTrim = now.plus(TRIM_EVERY);
        }
    }

    private void handle(Inbox.Entry entry) {
        Judgement judgement = new Judgement.Ignored("unreadable");
        try {
            judgement = reader.read(entry, botName.get());
            inbox.done(entry.key(), act(judgement));
        } catch (StoreException e) {
            throw e;
        } catch (RuntimeException | Error e) {
            // an Error too: this thread is the only one, and a dead one would be deaf without a sign
            if (!closing) {
                failed(entry, judgement, e);
            }
        }
    }

    private String act(Judgement judgement) {
        return switch (judgement) {
            case Judgement.Message(var incoming) -> {
                handler.handle(incoming);
                yield "handled";
            }
            case Judgement.Pressed(Press press, String query) -> {
                answers.answer(query, handler.press(press));
                yield "pressed";
            }
            case Judgement.Declined declined -> {
                answer(declined.from(), declined.messageId(), declined.answer());
                yield "declined";
            }
            case Judgement.Refused refused -> {
                refusals.note(refused);
                yield "refused: " + refused.why();
            }
            case Judgement.Ignored(String why) -> "ignored: " + why;
        };
    }

    /// The message may have had part of its effect, so it is not tried again, and its writer is told.
    private void failed(Inbox.Entry entry, Judgement judgement, Throwable e) {
        String what = e.getClass().getSimpleName();
        // where, but not the exception's own words: they may hold the message
        LOG.error(
                "telegram: cannot handle update {}: {} at {}",
                entry.key().updateId(),
                what,
                Arrays.toString(e.getStackTrace()));
        if (judgement instanceof Judgement.Message(var incoming)) {
            audit.record(TelegramSettings.CHAT_NAME, incoming.user(), "message", "failed: " + what);
            answer(
                    incoming.from(),
                    incoming.messageId(),
                    "⚠ agentctl failed at this message (" + what + "). Look whether it took effect before you repeat"
                            + " it.");
        }
        if (judgement instanceof Judgement.Pressed(Press press, String query)) {
            audit.record(TelegramSettings.CHAT_NAME, press.user(), "button", "failed: " + what);
            answers.answer(query, "agentctl failed at this button (" + what + "). Look whether it took effect.");
        }
        inbox.done(entry.key(), "failed: " + what);
    }

    private void answer(ChatAddress to, String messageId, String text) {
        outbox.add(new Outgoing.Text(Kind.REPLY, Optional.of(to), Optional.empty(), text, Optional.of(messageId)));
        outboxChanged.run();
    }
}

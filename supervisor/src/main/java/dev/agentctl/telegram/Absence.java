package dev.agentctl.telegram;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.agentctl.chat.Outgoing;
import dev.agentctl.chat.Outgoing.Kind;
import dev.agentctl.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells the operators where nobody polled the bot for longer than Telegram keeps what is written to it: some of that
/// has not arrived, and nothing else would say so. Any thread may call.
final class Absence {
    private static final Logger LOG = LoggerFactory.getLogger(Absence.class);
    /// Updates are kept "not longer than 24 hours" (Bot API, Getting updates).
    private static final Duration KEPT = Duration.ofHours(24);

    private static final Duration NOTED_EVERY = Duration.ofMinutes(10);
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("d MMMM, HH:mm", Locale.ENGLISH);

    private final Stores stores;
    private final Runnable outboxChanged;
    private final String name;

    @GuardedBy("this")
    private Instant noted = Instant.MIN;

    /// @param bot the bot's own numeric id
    Absence(String bot, Stores stores, Runnable outboxChanged) {
        this.stores = stores;
        this.outboxChanged = outboxChanged;
        this.name = name(bot);
    }

    /// What the time of the last poll is kept under.
    static String name(String bot) {
        return "telegram polled " + bot;
    }

    /// The server has answered a poll, and with it told all that it had.
    synchronized void polled(Instant now) {
        if (now.isBefore(noted.plus(NOTED_EVERY))) {
            return;
        }
        try {
            Optional<Instant> last = stores.settings().get(name).map(Instant::parse);
            last.filter(at -> at.isBefore(now.minus(KEPT))).ifPresent(at -> tell(at, now));
            stores.settings().set(name, now.toString());
            noted = now;
        } catch (StoreException e) {
            LOG.debug("telegram: the time of a poll is not kept: {}", e.getMessage());
        }
    }

    private void tell(Instant last, Instant now) {
        ZoneId here = ZoneId.systemDefault();
        stores.outbox()
                .add(new Outgoing.Text(
                        Kind.FINAL,
                        Optional.empty(),
                        Optional.empty(),
                        "⚠ **Some of your messages may be lost.** agentctl did not hear the chat from "
                                + MINUTE.format(last.atZone(here)) + " to " + MINUTE.format(now.atZone(here))
                                + ", and Telegram keeps them for 24 hours. What you wrote before "
                                + MINUTE.format(now.minus(KEPT).atZone(here)) + " did not arrive; send it again.",
                        Optional.empty()));
        outboxChanged.run();
    }
}

package dev.agentctl.telegram;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.agentctl.chat.Outgoing;
import dev.agentctl.chat.Outgoing.Kind;
import dev.agentctl.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Raises the alarm where somebody else goes on polling our bot. On this machine the [TokenLock] keeps everyone else
/// away, so it is another machine's, or a thief's: the server gives updates to whoever polled last, and what it gave
/// away we never see. Any thread may call.
final class Rivals {
    private static final Logger LOG = LoggerFactory.getLogger(Rivals.class);
    private static final int FEWEST = 3;
    private static final int WINDOWS = 3;
    private static final Duration AGAIN_AFTER = Duration.ofHours(1);

    private final Duration patience;
    private final Stores stores;
    private final Runnable outboxChanged;

    @GuardedBy("this")
    private final Deque<Instant> meetings = new ArrayDeque<>();

    @GuardedBy("this")
    private Instant nextAlarm = Instant.MIN;

    /// @param patience how long they may get in our way
    Rivals(Duration patience, Stores stores, Runnable outboxChanged) {
        this.patience = patience;
        this.stores = stores;
        this.outboxChanged = outboxChanged;
    }

    /// The server ended one of our polls for another's.
    void met(Instant now) {
        if (isTooMuch(now)) {
            try {
                alarm();
            } catch (StoreException e) {
                LOG.warn(
                        "telegram: another program polls this bot, and the chat could not be told: {}", e.getMessage());
            }
        }
    }

    private synchronized boolean isTooMuch(Instant now) {
        meetings.add(now);
        meetings.removeIf(at -> at.isBefore(now.minus(patience.multipliedBy(WINDOWS))));
        boolean alarm =
                meetings.size() >= FEWEST && !meetings.getFirst().plus(patience).isAfter(now) && now.isAfter(nextAlarm);
        if (alarm) {
            nextAlarm = now.plus(AGAIN_AFTER);
        }
        return alarm;
    }

    private void alarm() {
        stores.audit()
                .record(
                        TelegramSettings.CHAT_NAME,
                        "another program",
                        "poll",
                        "polls this bot: its token is known elsewhere");
        stores.outbox()
                .add(new Outgoing.Text(
                        Kind.FINAL,
                        Optional.empty(),
                        Optional.empty(),
                        "🚨 **Another program polls this bot**, so it knows the token, and some of your messages go there"
                                + " instead of here.\n\nIf it is not yours: write `/revoke` to @BotFather, put the new"
                                + " token into the configuration, and start agentctl again. If it is: stop it.",
                        Optional.empty()));
        outboxChanged.run();
    }
}

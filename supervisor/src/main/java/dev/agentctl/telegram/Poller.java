package dev.agentctl.telegram;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.agentctl.store.Inbox;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.logging.Level;
import java.util.logging.Logger;
import okhttp3.OkHttpClient;
import org.slf4j.LoggerFactory;
import org.telegram.telegrambots.longpolling.BotSession;
import org.telegram.telegrambots.longpolling.TelegramBotsLongPollingApplication;
import org.telegram.telegrambots.meta.api.methods.updates.GetUpdates;
import org.telegram.telegrambots.meta.exceptions.TelegramApiException;

/// Keeps the library's long polling going for ever: it retries its start, and starts it anew where a webhook gets in
/// its way or it has gone silent. What polls bring is the [InboxInterceptor]'s.
final class Poller {
    private static final org.slf4j.Logger LOG = LoggerFactory.getLogger(Poller.class);

    /// Minimal: other kinds of updates never command.
    private static final List<String> WANTED = List.of("message", "edited_message", "callback_query");

    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final int MOST_UPDATES = 100;
    private static final Duration LONGER_THAN_A_POLL = Duration.ofSeconds(5);

    /// Held here because loggers are only weakly referenced. The library logs exceptions with stack traces for every
    /// failed poll; [Health] says the same in one line.
    private static final Logger LIBRARY = Logger.getLogger("org.telegram.telegrambots");

    private final TelegramSettings settings;
    private final Pace pace;
    private final InboxInterceptor interceptor;
    private final PollBackOff backOff;
    private final Inbox inbox;
    private final InstantSource clock;
    private final OkHttpClient client;
    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("telegram-poll").factory());
    private final Thread watch =
            Thread.ofPlatform().daemon().name("telegram-poll-watch").unstarted(this::watch);

    Poller(
            TelegramSettings settings,
            Pace pace,
            Inbox inbox,
            InboxInterceptor interceptor,
            PollBackOff backOff,
            InstantSource clock) {
        this.settings = settings;
        this.pace = pace;
        this.inbox = inbox;
        this.interceptor = interceptor;
        this.backOff = backOff;
        this.clock = clock;
        client = HttpClients.plain()
                .readTimeout(longestPoll(pace))
                .callTimeout(longestPoll(pace))
                .addInterceptor(interceptor)
                .build();
    }

    /// After which a poll is given up.
    static Duration longestPoll(Pace pace) {
        return pace.poll().plus(LONGER_THAN_A_POLL);
    }

    void start() {
        LIBRARY.setLevel(Level.OFF);
        watch.start();
    }

    /// Ends the open poll at once; whatever it brings after that is left to the next one.
    void close() {
        // first: a poll that begins after this fails, and one that has begun is known and ended below
        interceptor.close();
        watch.interrupt();
        executor.shutdown();
        HttpClients.close(client);
        executor.shutdownNow();
    }

    private void watch() {
        try {
            BotSession session = register();
            while (true) {
                poll(session);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (TelegramApiException e) {
            throw new IllegalStateException("a fresh application registers a bot without calling the server", e);
        }
    }

    /// Polls until there is trouble. Whatever the library throws, this thread lives: without it nobody would notice
    /// that polling has ended.
    private void poll(BotSession session) throws InterruptedException {
        try {
            start(session);
            awaitTrouble();
            session.stop();
        } catch (RuntimeException e) {
            if (executor.isShutdown()) {
                throw new InterruptedException("closing");
            }
            LOG.error("telegram: polling failed ({}); starting it anew", HttpClients.reason(e, settings));
            Thread.sleep(pace.longestRetry());
        }
        client.dispatcher().cancelAll();
    }

    /// Registering polls at once and fails for good where the network is down; in a stopped application it does
    /// neither.
    private BotSession register() throws TelegramApiException {
        @SuppressWarnings("resource") // its parts are closed by close()
        TelegramBotsLongPollingApplication application =
                new TelegramBotsLongPollingApplication(ObjectMapper::new, () -> client, () -> executor, () -> backOff);
        application.stop();
        return application.registerBot(settings.token(), () -> HttpClients.url(settings), _ -> nextPoll(), _ -> {});
    }

    private void start(BotSession session) throws InterruptedException {
        while (true) {
            try {
                session.start();
                return;
            } catch (TelegramApiException _) {
                // the interceptor has told Health why
                Thread.sleep(backOff.nextBackOffMillis());
            }
        }
    }

    private void awaitTrouble() throws InterruptedException {
        while (!interceptor.takeWebhookFound()) {
            if (!clock.instant().isBefore(interceptor.quietUntil().plus(pace.silence()))) {
                LOG.warn(
                        "telegram: no poll has ended for {} s; starting anew",
                        pace.silence().toSeconds());
                interceptor.quietFromNow();
                return;
            }
            Thread.sleep(LOOK);
        }
    }

    private GetUpdates nextPoll() {
        return GetUpdates.builder()
                .offset(Math.toIntExact(inbox.nextOffset(settings.bot())))
                .limit(MOST_UPDATES)
                .timeout(Math.toIntExact(pace.poll().toSeconds()))
                .allowedUpdates(WANTED)
                .build();
    }
}

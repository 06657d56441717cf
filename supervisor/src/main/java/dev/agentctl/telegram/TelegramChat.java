package dev.agentctl.telegram;

import dev.agentctl.chat.Chat;
import dev.agentctl.chat.IncomingHandler;
import dev.agentctl.chat.Roles;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// The Telegram chat: a bot that its operators write to.
///
/// ```
/// server ─poll─► InboxInterceptor ─► inbox rows ─► Receiver (messages, presses, files) ─► IncomingHandler
/// server ◄─call─ Delivery ◄─ Sender ◄─ outbox rows
/// ```
///
/// Both directions go over durable rows, so that either side may be away for as long as it likes. Nothing that goes
/// wrong with the server ends the chat; [#health] says what it is. Any thread may call.
public final class TelegramChat implements Chat {
    /// The name of the chat in every [dev.agentctl.chat.ChatAddress].
    public static final String NAME = TelegramSettings.CHAT_NAME;

    private static final Duration LAST_CALL = Duration.ofSeconds(1);

    private final TokenLock lock;
    private final Health health;
    private final Poller poller;
    private final List<Receiver> receivers;
    private final FileFetch files;
    private final QueryAnswers answers;
    private final Sender sender;
    private final BotApi api;
    private final UploadLane uploads;
    private final Doorbell changes = new Doorbell();

    private TelegramChat(
            TelegramSettings settings,
            Stores stores,
            IncomingHandler handler,
            Roles roles,
            Supplier<Map<String, String>> titles,
            Pace pace,
            PollBackOff backOff,
            TokenLock lock) {
        this.lock = lock;
        InstantSource clock = InstantSource.system();
        health = new Health();
        api = new BotApi(settings);
        uploads = new UploadLane(new BotApi(settings), changes::ring);
        Introduction introduction = new Introduction(api);
        answers = new QueryAnswers(settings);
        files = new FileFetch(settings);
        receivers = Arrays.stream(Lane.values())
                .map(lane -> new Receiver(
                        lane,
                        settings,
                        stores,
                        roles,
                        handler,
                        introduction::name,
                        answers,
                        files,
                        changes::ring,
                        clock))
                .toList();
        InboxInterceptor interceptor = new InboxInterceptor(
                settings,
                stores.inbox(),
                backOff,
                health,
                this::arrived,
                new Rivals(pace.rivalry(), stores, changes::ring),
                new Absence(settings.bot(), stores, changes::ring),
                clock);
        poller = new Poller(settings, pace, stores.inbox(), interceptor, backOff, clock);
        sender = new Sender(
                stores.outbox(),
                stores.audit(),
                api,
                uploads,
                introduction,
                new TopicKeeper(api, stores.topics(), titles),
                settings.address(),
                pace,
                health,
                changes,
                clock);
    }

    private void arrived() {
        receivers.forEach(Receiver::ring);
    }

    /// Starts polling, handling and sending, and returns at once, also where the server cannot be reached.
    ///
    /// @param roles who may write to the bot at all
    /// @param titles what the topic of each session is to be called now
    /// @param lockFolder where the lock of the bot's token is; shared by all agentctls of this machine
    /// @throws TelegramStartException if another process of this machine polls the bot
    public static TelegramChat start(
            TelegramSettings settings,
            Stores stores,
            IncomingHandler handler,
            Roles roles,
            Supplier<Map<String, String>> titles,
            Path lockFolder) {
        Pace pace = Pace.normal();
        return start(settings, stores, handler, roles, titles, lockFolder, pace, new PollBackOff(pace));
    }

    static TelegramChat start(
            TelegramSettings settings,
            Stores stores,
            IncomingHandler handler,
            Roles roles,
            Supplier<Map<String, String>> titles,
            Path lockFolder,
            Pace pace,
            PollBackOff backOff) {
        TokenLock lock = TokenLock.take(lockFolder, settings);
        TelegramChat chat = new TelegramChat(settings, stores, handler, roles, titles, pace, backOff, lock);
        chat.poller.start();
        chat.receivers.forEach(Receiver::start);
        chat.sender.start();
        return chat;
    }

    /// The state of the connection in one line, such as `telegram: ok` or what is wrong and what to do.
    public String health() {
        return health.line();
    }

    @Override
    public String name() {
        return TelegramSettings.CHAT_NAME;
    }

    @Override
    public void outboxChanged() {
        changes.ring();
    }

    /// Ends within about two seconds. A message that is being sent gets one of them; then it counts as uncertain.
    @Override
    public void close() {
        health.close();
        poller.close();
        try {
            files.close();
            for (Receiver receiver : receivers) {
                receiver.close(LAST_CALL);
            }
            sender.close(LAST_CALL);
            uploads.close(LAST_CALL);
            api.close();
            sender.abort(LAST_CALL);
        } catch (InterruptedException _) {
            api.close();
            Thread.currentThread().interrupt();
        }
        answers.close();
        try {
            lock.close();
        } catch (IOException _) {
            // the lock ends with the process at the latest
        }
    }
}

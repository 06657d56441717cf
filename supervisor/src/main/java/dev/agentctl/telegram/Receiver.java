package dev.agentctl.telegram;

import dev.agentctl.chat.ChatAddress;
import dev.agentctl.chat.Incoming;
import dev.agentctl.chat.IncomingHandler;
import dev.agentctl.chat.Outgoing;
import dev.agentctl.chat.Outgoing.Kind;
import dev.agentctl.chat.Press;
import dev.agentctl.chat.ReceivedFile;
import dev.agentctl.chat.Role;
import dev.agentctl.chat.Roles;
import dev.agentctl.store.Audit;
import dev.agentctl.store.Inbox;
import dev.agentctl.store.Members;
import dev.agentctl.store.Outbox;
import dev.agentctl.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
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
/// There is one for each [Lane].
final class Receiver {

    private static final Logger LOG = LoggerFactory.getLogger(Receiver.class);
    private static final int BATCH = 100;
    /// The members of a group come within a moment of each other.
    private static final Duration GROUP_GAP = Duration.ofMillis(1_500);

    private static final Duration FETCH_RETRY = Duration.ofSeconds(5);
    private static final Duration STORE_RETRY = Duration.ofSeconds(1);
    private static final Duration LOOK = Duration.ofMinutes(10);
    private static final Duration TRIM_EVERY = Duration.ofHours(1);
    private static final Duration KEPT = Duration.ofDays(9);

    private final String bot;
    private final Lane lane;
    private final FileFetch files;
    private final Inbox inbox;
    private final Outbox outbox;
    private final Audit audit;
    private final Members members;
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

    Receiver(
            Lane lane,
            TelegramSettings settings,
            Stores stores,
            Roles roles,
            IncomingHandler handler,
            Supplier<Optional<String>> botName,
            QueryAnswers answers,
            FileFetch files,
            Runnable outboxChanged,
            InstantSource clock) {
        this.lane = lane;
        this.files = files;
        bot = settings.bot();
        inbox = stores.inbox();
        outbox = stores.outbox();
        audit = stores.audit();
        this.handler = handler;
        this.botName = botName;
        this.answers = answers;
        this.outboxChanged = outboxChanged;
        this.clock = clock;
        members = stores.members();
        reader = new UpdateReader(settings, roles);
        refusals = new RefusalLog(audit, clock);
        thread = Thread.ofPlatform().daemon().name(lane.thread()).unstarted(this::run);
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
            List<Inbox.Entry> batch = inbox.pending(bot, lane.fields(), lane.has(), BATCH);
            for (Inbox.Entry entry : lane == Lane.FILES ? batch.subList(0, Math.min(1, batch.size())) : batch) {
                if (!closing) {
                    handle(entry, batch);
                }
            }
            if (batch.isEmpty()) {
                arrivals.await(LOOK);
                trim();
            }
        } catch (StoreException e) {
            LOG.debug("telegram: {}; trying again", e.getMessage());
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

    /// @param batch what waits, this included
    private void handle(Inbox.Entry entry, List<Inbox.Entry> batch) throws InterruptedException {
        Judgement judgement = new Judgement.Ignored("unreadable");
        try {
            judgement = reader.read(entry, botName.get());
            if (judgement instanceof Judgement.Sent sent) {
                takeFiles(entry, sent, batch);
            } else {
                inbox.done(entry.key(), act(judgement));
            }
        } catch (StoreException e) {
            throw e;
        } catch (RuntimeException | Error e) {
            // an Error too: this thread is the only one, and a dead one would be deaf without a sign
            if (!closing) {
                failed(entry, judgement, e);
            }
        }
    }

    /// Files that were sent as one message are handled as one, once no more of them come.
    private void takeFiles(Inbox.Entry first, Judgement.Sent sent, List<Inbox.Entry> batch)
            throws InterruptedException {
        List<Inbox.Entry> members = new ArrayList<>();
        List<Judgement.Sent> all = new ArrayList<>();
        for (Inbox.Entry entry : batch) {
            if (entry.key().equals(first.key())) {
                members.add(entry);
                all.add(sent);
            } else if (sent.group().isPresent()
                    && reader.read(entry, botName.get()) instanceof Judgement.Sent other
                    && other.group().equals(sent.group())
                    && other.incoming().from().equals(sent.incoming().from())) {
                members.add(entry);
                all.add(other);
            }
        }
        Instant complete = members.getLast().receivedAt().plus(sent.group().isPresent() ? GROUP_GAP : Duration.ZERO);
        Instant now = clock.instant();
        if (complete.isAfter(now)) {
            arrivals.await(Duration.between(now, complete));
            return;
        }
        fetchAll(members, all);
    }

    private void fetchAll(List<Inbox.Entry> members, List<Judgement.Sent> all) throws InterruptedException {
        List<ReceivedFile> here = new ArrayList<>();
        try {
            for (Judgement.Sent sent : all) {
                if (!fetched(sent, here)) {
                    Thread.sleep(FETCH_RETRY);
                    return;
                }
            }
            if (!here.isEmpty()) {
                handler.handle(worded(all), here);
            }
            members.forEach(entry -> inbox.done(entry.key(), here.isEmpty() ? "declined" : "handled"));
        } finally {
            here.forEach(Receiver::discard);
        }
    }

    /// @return false if it has to be tried again
    private boolean fetched(Judgement.Sent sent, List<ReceivedFile> here) throws InterruptedException {
        return switch (files.fetch(sent.file())) {
            case FileFetch.Fetched.Here(ReceivedFile file) -> here.add(file);
            case FileFetch.Fetched.Never(String why) -> {
                answer(
                        sent.incoming().from(),
                        sent.incoming().messageId(),
                        "⚠ " + sent.file().what() + " " + why + "; it was not passed on.");
                yield true;
            }
            case FileFetch.Fetched.NotNow(String why) -> {
                LOG.warn("telegram: a file cannot be fetched ({}); trying again", why);
                yield false;
            }
        };
    }

    /// A wrong code is met with silence, as any stranger is.
    private String knocked(Judgement.Knocked knocked) {
        Optional<Role> role = members.redeem(TelegramSettings.CHAT_NAME, knocked.user(), knocked.code());
        if (role.isEmpty()) {
            refusals.note(new Judgement.Refused(knocked.user(), "a code that does not hold"));
            return "refused: a code that does not hold";
        }
        String joined = "joined as " + role.get().word();
        audit.record(TelegramSettings.CHAT_NAME, knocked.user(), "/pair", joined);
        answer(knocked.from(), knocked.messageId(), "You " + joined + ". /help shows what there is.");
        outbox.add(new Outgoing.Text(
                Kind.FINAL,
                Optional.empty(),
                Optional.empty(),
                "🔑 User " + knocked.user() + " " + joined + ". If that is wrong: `agentctl pair --remove "
                        + knocked.user() + "`",
                Optional.empty()));
        outboxChanged.run();
        return joined;
    }

    /// What nobody took away.
    private static void discard(ReceivedFile file) {
        try {
            Files.deleteIfExists(file.content());
        } catch (IOException e) {
            LOG.warn("telegram: {} is left over: {}", file.content(), e.getMessage());
        }
    }

    /// The words of a group stand below any one of its files.
    private static Incoming worded(List<Judgement.Sent> all) {
        return all.stream()
                .map(Judgement.Sent::incoming)
                .filter(incoming -> !incoming.text().isBlank())
                .findFirst()
                .orElse(all.getFirst().incoming());
    }

    private String act(Judgement judgement) {
        return switch (judgement) {
            case Judgement.Knocked knocked -> knocked(knocked);
            case Judgement.Sent _ -> "ignored: a file on another lane";
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
        Optional<Incoming> written = switch (judgement) {
            case Judgement.Message(var incoming) -> Optional.of(incoming);
            case Judgement.Sent sent -> Optional.of(sent.incoming());
            case Judgement.Pressed _,
                    Judgement.Declined _,
                    Judgement.Knocked _,
                    Judgement.Refused _,
                    Judgement.Ignored _ -> Optional.empty();
        };
        if (written.isPresent()) {
            Incoming incoming = written.get();
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

package dev.agentctl.telegram;

import dev.agentctl.chat.ChatAddress;
import dev.agentctl.chat.Incoming;
import dev.agentctl.chat.IncomingHandler;
import dev.agentctl.chat.Outgoing;
import dev.agentctl.chat.Outgoing.Kind;
import dev.agentctl.chat.Press;
import dev.agentctl.chat.ReceivedFile;
import dev.agentctl.chat.Role;
import dev.agentctl.store.Audit;
import dev.agentctl.store.Database;
import dev.agentctl.store.Inbox;
import dev.agentctl.store.Members;
import dev.agentctl.store.Outbox;
import dev.agentctl.store.Settings;
import dev.agentctl.store.Topics;
import dev.agentctl.testkit.telegram.TelegramStandIn;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// A chat on real files against the stand-in, which can be ended and started again.
final class ChatUnderTest implements AutoCloseable {
    static final long OPERATOR = 4711;
    static final long STRANGER = 666;
    static final Duration SOON = Duration.ofSeconds(60);

    /// Fast where waiting would only make the tests slow.
    static final Pace FAST = new Pace(
            Duration.ofSeconds(50),
            Duration.ofMillis(20),
            Duration.ofMillis(200),
            Duration.ofSeconds(120),
            Duration.ofMillis(100),
            1000,
            1000,
            1000);

    /// Files that reached the handler.
    record Received(Incoming message, List<ReceivedFile> files, List<String> contents) {}

    final TelegramStandIn telegram;
    final BlockingQueue<Incoming> handled = new LinkedBlockingQueue<>();
    final BlockingQueue<Received> received = new LinkedBlockingQueue<>();
    final BlockingQueue<Press> pressed = new LinkedBlockingQueue<>();
    /// What each session's topic is to be called.
    volatile Map<String, String> titles = Map.of();

    private final Path folder;
    private final long home;
    private URI server;
    private final Database database;
    final Inbox inbox;
    final Outbox outbox;
    final Audit audit;
    final Members members;
    final Settings settings;
    private Optional<TelegramChat> chat = Optional.empty();

    ChatUnderTest(Path folder) {
        this(folder, OPERATOR);
    }

    /// @param home where unsolicited messages go
    ChatUnderTest(Path folder, long home) {
        this.folder = folder;
        this.home = home;
        telegram = TelegramStandIn.start();
        server = telegram.url();
        database = Database.open(folder.resolve("state.db"));
        inbox = new Inbox(database, InstantSource.system());
        outbox = new Outbox(database, InstantSource.system(), settings().address());
        audit = new Audit(database, InstantSource.system());
        members = new Members(database, InstantSource.system());
        settings = new Settings(database);
    }

    /// Another server than the stand-in.
    void use(URI url) {
        server = url;
    }

    TelegramSettings settings() {
        return new TelegramSettings(TelegramStandIn.TOKEN, List.of(OPERATOR), home, server);
    }

    void start() {
        start(
                new IncomingHandler() {
                    @Override
                    public void handle(Incoming message) {
                        handled.add(message);
                    }

                    @Override
                    public void handle(Incoming message, List<ReceivedFile> files) {
                        received.add(new Received(
                                message,
                                files,
                                files.stream()
                                        .map(ReceivedFile::content)
                                        .map(ChatUnderTest::read)
                                        .toList()));
                    }

                    @Override
                    public String press(Press press) {
                        pressed.add(press);
                        return "pressed " + press.action();
                    }
                },
                FAST);
    }

    void start(IncomingHandler handler, Pace pace) {
        start(handler, pace, new PollBackOff(pace));
    }

    void start(IncomingHandler handler, Pace pace, PollBackOff backOff) {
        chat = Optional.of(TelegramChat.start(
                settings(), stores(), handler, this::role, () -> titles, folder.resolve("locks"), pace, backOff));
    }

    private Optional<Role> role(String chat, String user) {
        return user.equals(Long.toString(OPERATOR)) ? Optional.of(Role.OWNER) : members.role(chat, user);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Stores stores() {
        return new Stores(inbox, outbox, audit, new Topics(database), members, settings);
    }

    /// Ends the chat; its files stay.
    void stop() {
        chat.ifPresent(TelegramChat::close);
        chat = Optional.empty();
    }

    TelegramChat chat() {
        return chat.orElseThrow();
    }

    void changeStore(Database.Change change) {
        database.change(change);
    }

    /// The next message that reached the handler.
    Incoming nextHandled() throws InterruptedException {
        Incoming next = handled.poll(SOON.toSeconds(), TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("nothing was handled within " + SOON + "; " + health());
        }
        return next;
    }

    /// The next files that reached the handler.
    Received nextReceived() throws InterruptedException {
        Received next = received.poll(SOON.toSeconds(), TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("no file was handled within " + SOON + "; " + health());
        }
        return next;
    }

    /// The next button whose press reached the handler.
    Press nextPressed() throws InterruptedException {
        Press next = pressed.poll(SOON.toSeconds(), TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("nothing was pressed within " + SOON + "; " + health());
        }
        return next;
    }

    long say(Kind kind, String session, String markdown) {
        return say(new Outgoing.Text(kind, Optional.empty(), Optional.of(session), markdown, Optional.empty()));
    }

    long say(Outgoing outgoing) {
        long id = outbox.add(outgoing);
        chat.ifPresent(TelegramChat::outboxChanged);
        return id;
    }

    static Optional<ChatAddress> here() {
        return Optional.of(ChatAddress.of("telegram", Long.toString(OPERATOR)));
    }

    String health() {
        return chat.map(TelegramChat::health).orElse("stopped");
    }

    @Override
    public void close() {
        stop();
        telegram.close();
        database.close();
    }
}

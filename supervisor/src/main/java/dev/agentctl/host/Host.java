package dev.agentctl.host;

import dev.agentctl.host.HostProtocol.Numbered;
import dev.agentctl.wire.Connection;
import dev.agentctl.wire.Greeting;
import dev.agentctl.wire.Listener;
import dev.agentctl.wire.StateFolder;
import dev.agentctl.wire.Succession;
import dev.agentctl.wire.WireException;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The host role: owns the children and their terminals, and parses nothing of what they say. Small and dull on
/// purpose, so that it never has to die.
public final class Host implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Host.class);
    private static final Pattern SESSION_NAME = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9._-]{0,62}");

    /// A key and its echo pass through two of them, and a virtual thread would add a wake-up to each.
    private static final ThreadFactory CLIENTS =
            Thread.ofPlatform().daemon().name("client ", 0).factory();

    private final StateFolder folder;
    private final LogStore logs;
    private final ConcurrentHashMap<String, HostSession> sessions = new ConcurrentHashMap<>();
    private final Set<Connection> clients = ConcurrentHashMap.newKeySet();
    private final Set<Connection> watchers = ConcurrentHashMap.newKeySet();
    private final Attachments attachments = new Attachments(this::sendQuietly);
    private final CountDownLatch shutdown = new CountDownLatch(1);
    // writes to a terminal are native and would pin a virtual thread's carrier
    private final ExecutorService writers = Executors.newCachedThreadPool(
            Thread.ofPlatform().daemon().name("write ", 0).factory());
    private final Listener listener;
    private final Replacement replacement;
    private final Succession succession;

    /// @param predecessor what a former program of this process left, if it did
    private Host(StateFolder folder, HostOptions options, Optional<Predecessor> predecessor) throws IOException {
        this.folder = folder;
        this.logs = new LogStore(options.logs(), options.clock());
        openKnown();
        this.replacement = new Replacement(
                folder, sessions.values(), predecessor.map(Predecessor::problem).orElse(""));
        this.succession = new Succession(replacement, folder.handOver("host"));
        if (predecessor.isPresent()) {
            adopt(predecessor.get().state());
            this.listener = Listener.inherit(folder.hostSocket(), this::serve, options.patience(), CLIENTS);
            // from here on nothing may fail: what is read is no longer in the terminals
            predecessor.get().onSettled().run();
            sessions.values().forEach(session -> session.begin(writers));
            listener.resume();
        } else {
            this.listener = Listener.open(folder.hostSocket(), this::serve, options.patience(), CLIENTS);
        }
        succession.listensAt(listener);
    }

    /// Listens at the folder's host socket. Call only while holding the host's lock.
    public static Host open(StateFolder folder) throws IOException {
        return open(folder, HostOptions.USUAL);
    }

    static Host open(StateFolder folder, HostOptions options) throws IOException {
        return new Host(folder, options, Optional.empty());
    }

    /// Goes on where a former program of this process stopped.
    static Host adopt(StateFolder folder, Predecessor predecessor) throws IOException {
        return new Host(folder, HostOptions.USUAL, Optional.of(predecessor));
    }

    /// @param problem why its successor failed, where this is the predecessor again; else empty
    /// @param onSettled called when all is taken over, before anything is read
    record Predecessor(HostState state, String problem, Runnable onSettled) {}

    private void adopt(HostState state) throws IOException {
        for (HostState.Last last : state.sessions()) {
            session(last.name()).remember(last);
        }
        for (HostState.Terminal terminal : state.terminals()) {
            if (terminal.master() >= 0 && !isOpen(terminal.master())) {
                throw new IOException("the terminal of " + terminal.session() + " was not handed over");
            }
            session(terminal.session()).adopt(terminal);
        }
    }

    private static boolean isOpen(int descriptor) {
        return Files.exists(Path.of("/proc/self/fd/" + descriptor), LinkOption.NOFOLLOW_LINKS);
    }

    /// The logs of a former host go on where they ended. Those that cannot be read are begun anew: nothing that lies
    /// on a disk keeps the host from its work.
    private void openKnown() {
        Path all = folder.sessions();
        if (Files.notExists(all)) {
            return;
        }
        try (DirectoryStream<Path> known = Files.newDirectoryStream(all)) {
            for (Path each : known) {
                String name = String.valueOf(each.getFileName());
                if (SESSION_NAME.matcher(name).matches() && Files.isDirectory(each, LinkOption.NOFOLLOW_LINKS)) {
                    sessions.put(name, HostSession.open(name, each, logs, this::announce));
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            LOG.warn("cannot read the former sessions in {}: {}", all, e.toString());
        }
    }

    /// Waits until a client asks the host to end.
    public void awaitShutdown() throws InterruptedException {
        shutdown.await();
    }

    private void serve(Connection connection) throws IOException {
        clients.add(connection);
        try {
            if (Greeting.accept(connection, "client", HostProtocol.VERSION)) {
                succession.serve(connection);
                return;
            }
            replacement.joined(connection);
            var frame = connection.receive();
            while (frame.isPresent()) {
                answerSafely(connection, HostProtocol.request(frame.get()));
                frame = connection.receive();
            }
        } catch (WireException e) {
            String reason = "the host closes the connection: " + e.getMessage();
            connection.send(HostProtocol.encode(0, new HostReply.Refused(reason, true)));
            throw e;
        } finally {
            clients.remove(connection);
            replacement.left(connection);
            watchers.remove(connection);
            attachments.leave(connection);
        }
    }

    /// What goes wrong with one session is its own: the connection serves the others, too.
    private void answerSafely(Connection connection, Numbered<HostRequest> numbered) throws IOException {
        try {
            if (numbered.message() instanceof HostRequest.Read || numbered.message() instanceof HostRequest.Hold) {
                answer(connection, numbered);
            } else {
                replacement.unlessUnderWay(() -> answer(connection, numbered));
            }
        } catch (ClosedChannelException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            LOG.debug("a request failed: {}", e.toString());
            send(
                    connection,
                    numbered.number(),
                    new HostReply.Refused("the host cannot do it: " + e.getMessage(), false));
        }
    }

    private void answer(Connection connection, Numbered<HostRequest> numbered) throws IOException {
        int number = numbered.number();
        switch (numbered.message()) {
            case HostRequest.Spawn spawn ->
                send(connection, number, session(spawn.session()).spawn(spawn, writers));
            case HostRequest.Input input ->
                session(input.session()).input(input, reply -> {
                    if (number != 0) {
                        sendQuietly(connection, number, reply);
                    }
                });
            case HostRequest.Resize(String session, int columns, int rows) ->
                send(connection, number, session(session).resize(columns, rows));
            case HostRequest.SendSignal signal ->
                send(connection, number, session(signal.session()).signal(signal));
            case HostRequest.ListSessions() -> send(connection, number, list());
            case HostRequest.Forget(String session) -> send(connection, number, forget(session));
            case HostRequest.Read read -> {
                replacement.left(connection);
                stream(connection, number, read);
            }
            case HostRequest.Hold() -> replacement.holds(connection);
            case HostRequest.Watch() -> {
                watchers.add(connection);
                send(connection, number, new HostReply.Done());
            }
            case HostRequest.Attach attach -> attachments.join(connection, number, attach);
            case HostRequest.PersonTypes(String session, boolean draft) -> {
                announce(new HostReply.PersonTyped(session, draft));
                send(connection, number, new HostReply.Done());
            }
            case HostRequest.Times(String session) ->
                send(connection, number, new HostReply.Times(session(session).times()));
            case HostRequest.Shutdown() -> {
                // whole, before the process ends
                connection.send(HostProtocol.encode(number, new HostReply.Done()));
                shutdown.countDown();
            }
        }
    }

    private HostReply list() {
        List<HostedSession> all =
                sessions.values().stream().map(HostSession::describe).toList();
        return new HostReply.Sessions(all);
    }

    private HostReply forget(String name) throws IOException {
        HostReply reply = session(name).forget();
        if (reply instanceof HostReply.Done) {
            sessions.remove(name);
        }
        return reply;
    }

    private void stream(Connection connection, int number, HostRequest.Read read) throws IOException {
        ByteLog log = session(read.session()).log();
        LogCursor cursor = log.cursor(read.from(), read.sequence());
        if (read.follow()) {
            endWithItsReader(connection);
        }
        try {
            LogItem item;
            do {
                item = log.next(cursor, read.follow(), read.lingers());
                stream(connection, number, item);
            } while (!(item instanceof LogItem.End));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        if (read.follow()) {
            connection.close();
        }
    }

    private static void stream(Connection connection, int number, LogItem item) throws IOException {
        if (item instanceof LogItem.Bytes bytes) {
            connection.stream(HostProtocol.head(number, bytes), bytes.bytes());
        } else {
            connection.stream(HostProtocol.encode(number, new HostReply.Item(item)));
        }
    }

    /// A log may stand still for days, and only a failing write would tell that its reader has gone: until then a
    /// thread and a descriptor would be kept for each terminal that was ever attached, and each killed supervisor.
    private static void endWithItsReader(Connection connection) {
        Thread streaming = Thread.currentThread();
        Thread.ofVirtual().name("reader's end").start(() -> {
            connection.awaitEnd();
            streaming.interrupt();
        });
    }

    private HostSession session(String name) throws IOException {
        if (!SESSION_NAME.matcher(name).matches()) {
            throw new IOException("no session can be named '" + name + "'");
        }
        HostSession known = sessions.get(name);
        if (known != null) {
            return known;
        }
        synchronized (sessions) {
            HostSession again = sessions.get(name);
            if (again == null) {
                createFolder(folder.session(name));
                again = HostSession.open(name, folder.session(name), logs, this::announce);
                sessions.put(name, again);
            }
            return again;
        }
    }

    /// Without it the session works all the same, see [ByteLog].
    private static void createFolder(Path session) {
        try {
            Files.createDirectories(session);
        } catch (IOException e) {
            LOG.warn("cannot make the folder {}: {}", session, e.toString());
        }
    }

    private void announce(HostReply news) {
        for (Connection watcher : watchers) {
            sendQuietly(watcher, 0, news);
        }
    }

    /// Never waits for the client: one that has gone may have asked for more before, and that is done.
    private static void send(Connection connection, int number, HostReply reply) throws IOException {
        connection.post(HostProtocol.encode(number, reply));
    }

    private void sendQuietly(Connection connection, int number, HostReply reply) {
        try {
            send(connection, number, reply);
        } catch (IOException e) {
            LOG.debug("a client went away: {}", e.getMessage());
            watchers.remove(connection);
        }
    }

    @Override
    public void close() {
        listener.close();
        clients.forEach(Connection::close);
        writers.shutdownNow();
        sessions.values().forEach(HostSession::close);
        logs.close();
    }
}

package dev.agentctl.host;

import dev.agentctl.host.HostProtocol.Numbered;
import dev.agentctl.wire.Connection;
import dev.agentctl.wire.Greeting;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A connection to the host for requests. Any thread may call.
///
/// When the host's program is replaced by another one, what is sent meanwhile waits for that one, which then is asked
/// what lasts: who watches and who is attached. When the host goes away every open request fails with an
/// [IOException], and [Observer#hostGone] is called once.
public final class HostClient implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 30;
    private static final String RECEIVER = "host replies";

    private final Path socket;
    private final Observer observer;
    private final AtomicInteger numbers = new AtomicInteger();
    private final ConcurrentHashMap<Integer, CompletableFuture<HostReply>> open = new ConcurrentHashMap<>();
    private final ReentrantLock sending = new ReentrantLock();
    private Connection connection; // guarded by sending, as all below
    /// What is to be sent to the host's next program.
    private @Nullable List<byte[]> held;

    private final List<HostRequest> lasting = new ArrayList<>();
    private volatile Greeting host;
    private volatile boolean gone;
    private volatile boolean closed;

    /// Who wants to know what happens at the host. Called on the connection's own thread: hand over and return.
    public interface Observer {
        /// For clients that only ask.
        Observer NONE = new Observer() {
            @Override
            public void ended(HostReply.Ended ended) {}

            @Override
            public void hostGone() {}
        };

        void ended(HostReply.Ended ended);

        void hostGone();

        /// A person types in a session's terminal.
        default void personTyped(HostReply.PersonTyped typed) {}

        /// Who else is attached to the session that this client is attached to: at first, and whenever it changes.
        default void company(List<String> others) {}

        /// The host's program was replaced by another one, which has these sessions; nothing was lost. Whatever is sent
        /// from here on waits until this returns.
        default void replaced(List<HostedSession> sessions) {}

        /// Somebody else has taken over the session that this client is attached to.
        default void takenOver(HostReply.TakenOver taken) {}
    }

    private HostClient(Path socket, Connection connection, Greeting host, Observer observer) {
        this.socket = socket;
        this.connection = connection;
        this.host = host;
        this.observer = observer;
    }

    /// Connects to the host that listens at `socket`.
    ///
    /// @throws IOException if none does, or it speaks another protocol
    public static HostClient connect(Path socket, Observer observer) throws IOException {
        return connect(socket, observer, Duration.ZERO);
    }

    /// The same, and gives it up where it does not say who it is.
    ///
    /// @param greeting how long it may take for that, zero for as long as it takes
    /// @throws dev.agentctl.wire.SilentPeer if it does not in that time
    public static HostClient connect(Path socket, Observer observer, Duration greeting) throws IOException {
        // the end of a child passes through it, and a virtual thread would add a wake-up
        ThreadFactory receivers = Thread.ofPlatform().daemon().name(RECEIVER).factory();
        return connect(socket, observer, greeting, receivers);
    }

    /// The same for somebody who types. Of each key that the host takes the kernel tells whoever waits in read(2) on
    /// the socket that it came from, for there is room again; a virtual thread waits with epoll(7), which tells of
    /// nothing but input.
    public static HostClient connectToType(Path socket, Observer observer, Duration greeting) throws IOException {
        return connect(
                socket, observer, greeting, Thread.ofVirtual().name(RECEIVER).factory());
    }

    private static HostClient connect(Path socket, Observer observer, Duration greeting, ThreadFactory receivers)
            throws IOException {
        Connection connection = Connection.to(socket, greeting);
        try {
            Greeting host = Greeting.exchange(connection, "host", HostProtocol.VERSION);
            HostClient client = new HostClient(socket, connection, host, observer);
            Objects.requireNonNull(receivers.newThread(client::receive)).start();
            return client;
        } catch (IOException e) {
            connection.close();
            throw e;
        }
    }

    /// Opens a stream of a session's log over a connection of its own.
    public static HostReader read(Path socket, HostRequest.Read read) throws IOException {
        return HostReader.open(socket, read);
    }

    public Greeting host() {
        return host;
    }

    private void receive() {
        IOException cause = new IOException("the host has gone away");
        Connection from = current();
        try {
            do {
                try {
                    var frame = from.receive();
                    while (frame.isPresent()) {
                        deliver(HostProtocol.reply(frame.get()));
                        frame = from.receive();
                    }
                } catch (IOException e) {
                    cause = e;
                }
                from.close();
            } while (isReplaced() && (from = succeeding()) != null);
        } catch (IOException e) {
            cause = e;
        }
        fail(cause);
    }

    private Connection current() {
        sending.lock();
        try {
            return connection;
        } finally {
            sending.unlock();
        }
    }

    private boolean isReplaced() {
        sending.lock();
        try {
            return held != null && !closed;
        } finally {
            sending.unlock();
        }
    }

    /// Nothing is sent from here on until the next program answers; this one is told that.
    private void hold() throws IOException {
        sending.lock();
        try {
            if (held == null) {
                held = new ArrayList<>();
                connection.send(HostProtocol.encode(0, new HostRequest.Hold()));
            }
        } finally {
            sending.unlock();
        }
    }

    /// Connects to the host's next program, and takes up there what lasts.
    private Connection succeeding() throws IOException {
        Connection next = Connection.to(socket);
        try {
            host = Greeting.exchange(next, "host", HostProtocol.VERSION);
            List<HostRequest> first;
            sending.lock();
            try {
                first = List.copyOf(lasting);
            } finally {
                sending.unlock();
            }
            for (HostRequest request : first) {
                next.send(HostProtocol.encode(0, request));
            }
            observer.replaced(sessions(next));
            sendHeld(next);
            return next;
        } catch (IOException e) {
            next.close();
            throw e;
        }
    }

    /// Asks before anybody else does.
    private List<HostedSession> sessions(Connection next) throws IOException {
        int number = numbers.incrementAndGet();
        next.send(HostProtocol.encode(number, new HostRequest.ListSessions()));
        while (true) {
            byte[] frame = next.receive().orElseThrow(() -> new IOException("the host has gone away"));
            Numbered<HostReply> reply = HostProtocol.reply(frame);
            if (reply.number() == number && reply.message() instanceof HostReply.Sessions(var sessions)) {
                return sessions;
            }
            if (reply.number() == 0) {
                deliver(reply);
            }
        }
    }

    private void sendHeld(Connection next) throws IOException {
        sending.lock();
        try {
            connection = next;
            List<byte[]> frames = held;
            held = null;
            if (closed) {
                next.close();
            }
            for (byte[] frame : frames == null ? List.<byte[]>of() : frames) {
                next.send(frame);
            }
        } finally {
            sending.unlock();
        }
    }

    /// Sends now, or to the host's next program.
    private void put(int number, HostRequest request) throws IOException {
        sending.lock();
        try {
            if (request instanceof HostRequest.Watch || request instanceof HostRequest.Attach) {
                lasting.add(joined(request));
            }
            List<byte[]> waiting = held;
            byte[] frame = HostProtocol.encode(number, request);
            if (waiting == null) {
                connection.send(frame);
            } else {
                waiting.add(frame);
            }
        } finally {
            sending.unlock();
        }
    }

    /// Whoever took a session over has it.
    private static HostRequest joined(HostRequest request) {
        return request instanceof HostRequest.Attach(String session, String who, boolean _)
                ? new HostRequest.Attach(session, who, false)
                : request;
    }

    private void deliver(Numbered<HostReply> numbered) throws IOException {
        switch (numbered.message()) {
            case HostReply.Ended ended -> observer.ended(ended);
            case HostReply.PersonTyped typed -> observer.personTyped(typed);
            case HostReply.TakenOver taken -> observer.takenOver(taken);
            case HostReply.Attached attached -> {
                observer.company(attached.others());
                answered(numbered);
            }
            case HostReply.Replaced() -> hold();
            case HostReply.Spawned _,
                    HostReply.Done _,
                    HostReply.Refused _,
                    HostReply.Sessions _,
                    HostReply.Times _,
                    HostReply.Item _ -> answered(numbered);
        }
    }

    private void answered(Numbered<HostReply> numbered) throws IOException {
        CompletableFuture<HostReply> waiting = open.remove(numbered.number());
        if (waiting != null) {
            waiting.complete(numbered.message());
        } else if (numbered.message() instanceof HostReply.Refused(String reason, boolean _)) {
            // about the connection itself, which is closed now
            throw new IOException(reason);
        }
    }

    private void fail(IOException cause) {
        gone = true;
        current().close();
        open.values().forEach(waiting -> waiting.completeExceptionally(cause));
        open.clear();
        observer.hostGone();
    }

    /// Sends a request; the future completes with the host's reply, or exceptionally when the host is gone.
    public CompletableFuture<HostReply> send(HostRequest request) {
        int number = numbers.incrementAndGet();
        CompletableFuture<HostReply> reply = new CompletableFuture<>();
        open.put(number, reply);
        try {
            put(number, request);
        } catch (IOException e) {
            open.remove(number);
            reply.completeExceptionally(e);
        }
        if (gone) {
            reply.completeExceptionally(new IOException("the host has gone away"));
        }
        return reply;
    }

    /// Types, for those who see on the screen what came of it; the host does not answer.
    public void type(HostRequest.Input input) {
        try {
            put(0, input);
        } catch (IOException _) {
            // the host is gone, and whoever receives finds out, too
        }
    }

    /// Sends a request and waits for the reply.
    ///
    /// @throws IOException if the host is gone or does not answer
    public HostReply ask(HostRequest request) throws IOException, InterruptedException {
        try {
            return send(request).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IOException(
                    String.valueOf(e.getCause() == null ? e : e.getCause().getMessage()), e);
        } catch (TimeoutException e) {
            throw new IOException("the host does not answer", e);
        }
    }

    /// The sessions that the host has.
    public List<HostedSession> sessions() throws IOException, InterruptedException {
        HostReply reply = ask(new HostRequest.ListSessions());
        if (reply instanceof HostReply.Sessions(List<HostedSession> sessions)) {
            return sessions;
        }
        throw unexpected(reply);
    }

    /// When the bytes of a session's log came, oldest first.
    public List<LogTime> times(String session) throws IOException, InterruptedException {
        HostReply reply = ask(new HostRequest.Times(session));
        if (reply instanceof HostReply.Times(List<LogTime> times)) {
            return times;
        }
        throw unexpected(reply);
    }

    private static IOException unexpected(HostReply reply) {
        return new IOException(
                reply instanceof HostReply.Refused refused ? refused.reason() : "the host answered something else");
    }

    @Override
    public void close() {
        closed = true;
        current().close();
    }
}

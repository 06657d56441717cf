package dev.agentctl.host;

import dev.agentctl.host.HostProtocol.Numbered;
import dev.agentctl.wire.Connection;
import dev.agentctl.wire.Greeting;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/// A connection to the host for requests. Any thread may call.
///
/// When the host goes away every open request fails with an [IOException], and [Observer#hostGone] is called once.
public final class HostClient implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 30;

    private final Connection connection;
    private final Greeting host;
    private final Observer observer;
    private final AtomicInteger numbers = new AtomicInteger();
    private final ConcurrentHashMap<Integer, CompletableFuture<HostReply>> open = new ConcurrentHashMap<>();
    private volatile boolean gone;

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

        /// Somebody else has taken over the session that this client is attached to.
        default void takenOver(HostReply.TakenOver taken) {}
    }

    private HostClient(Connection connection, Greeting host, Observer observer) {
        this.connection = connection;
        this.host = host;
        this.observer = observer;
    }

    /// Connects to the host that listens at `socket`.
    ///
    /// @throws IOException if none does, or it speaks another protocol
    public static HostClient connect(Path socket, Observer observer) throws IOException {
        Connection connection = Connection.to(socket);
        try {
            HostClient client =
                    new HostClient(connection, Greeting.exchange(connection, "host", HostProtocol.VERSION), observer);
            Thread.ofVirtual().name("host replies").start(client::receive);
            return client;
        } catch (IOException e) {
            connection.close();
            throw e;
        }
    }

    /// Opens a stream of a session's log over a connection of its own.
    public static HostReader read(Path socket, HostRequest.Read read) throws IOException {
        Connection connection = Connection.to(socket);
        try {
            Greeting.exchange(connection, "host", HostProtocol.VERSION);
            connection.send(HostProtocol.encode(0, read));
            return new HostReader(connection);
        } catch (IOException e) {
            connection.close();
            throw e;
        }
    }

    public Greeting host() {
        return host;
    }

    private void receive() {
        try {
            var frame = connection.receive();
            while (frame.isPresent()) {
                deliver(HostProtocol.reply(frame.get()));
                frame = connection.receive();
            }
            fail(new IOException("the host has gone away"));
        } catch (IOException e) {
            fail(e);
        }
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
        connection.close();
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
            connection.send(HostProtocol.encode(number, request));
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
            connection.send(HostProtocol.encode(0, input));
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
        connection.close();
    }
}

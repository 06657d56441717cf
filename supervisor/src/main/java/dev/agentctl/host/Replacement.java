package dev.agentctl.host;

import dev.agentctl.wire.Connection;
import dev.agentctl.wire.HandOver;
import dev.agentctl.wire.Listener;
import dev.agentctl.wire.RoleLock;
import dev.agentctl.wire.StateFolder;
import dev.agentctl.wire.Succession;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How a host makes room for another program of itself in its process, losing nothing:
///
/// | step | so that |
/// |---|---|
/// | no connection is taken | who comes waits for the successor |
/// | each client is told, and says when it sends no more | no request is lost or done twice |
/// | what was asked is done and answered | nobody waits for an answer that never comes |
/// | what was to be typed is typed, or refused | as above |
/// | every terminal is held | a byte is in the log, or still in the kernel; so is an exit status |
/// | the logs are brought to disk | the successor finds them there |
/// | the state is written, and the successor run | |
///
/// What fails on the way undoes all of it, and the host works on.
final class Replacement implements Succession.Role {
    private static final Logger LOG = LoggerFactory.getLogger(Replacement.class);
    private static final Duration CLIENTS_PATIENCE = Duration.ofSeconds(1);

    private final StateFolder folder;
    private final Collection<HostSession> sessions;
    private final String problem;
    private final Set<Connection> clients = ConcurrentHashMap.newKeySet();
    private final Set<Connection> holding = new HashSet<>(); // guarded by itself
    /// Read-held by each request.
    private final ReentrantReadWriteLock requests = new ReentrantReadWriteLock();

    private volatile boolean underWay;

    /// @param sessions all that there are, as they come and go
    /// @param problem why the last successor failed; empty where none did
    Replacement(StateFolder folder, Collection<HostSession> sessions, String problem) {
        this.folder = folder;
        this.sessions = sessions;
        this.problem = problem;
    }

    /// Something that is asked of the host.
    @FunctionalInterface
    interface Request {
        void answer() throws IOException;
    }

    /// Answers it; waits for the end of a replacement that is under way.
    void unlessUnderWay(Request request) throws IOException {
        requests.readLock().lock();
        try {
            request.answer();
        } finally {
            requests.readLock().unlock();
        }
    }

    /// A client has come.
    void joined(Connection client) {
        clients.add(client);
        if (underWay) {
            tell(client);
        }
    }

    /// A client has gone, or asks for no more than its log.
    void left(Connection client) {
        clients.remove(client);
        synchronized (holding) {
            holding.remove(client);
            holding.notifyAll();
        }
    }

    /// A client sends nothing more.
    void holds(Connection client) {
        synchronized (holding) {
            holding.add(client);
            holding.notifyAll();
        }
    }

    @Override
    public String problem() {
        return problem;
    }

    @Override
    public HandOver sample() throws IOException {
        List<HostState.Terminal> terminals = new ArrayList<>();
        sessions.forEach(session -> session.terminals(terminals));
        return handOver(System.currentTimeMillis(), terminals);
    }

    private HandOver handOver(long heldSince, List<HostState.Terminal> terminals) throws IOException {
        HostState state = new HostState(
                heldSince, sessions.stream().map(HostSession::last).toList(), terminals);
        return new HandOver(
                HandOver.ownCommand(HostMain.class.getName()),
                RoleLock.descriptor(folder.hostLock()),
                state.descriptors(),
                state.encode());
    }

    @Override
    public void succeed(List<String> command, Path file, Listener listener) throws IOException, InterruptedException {
        LOG.info("making room for another version of the host");
        listener.pause();
        underWay = true;
        try {
            clients.forEach(Replacement::tell);
            awaitHolding();
            requests.writeLock().lock();
            try {
                handOver(command, file, listener);
            } finally {
                requests.writeLock().unlock();
            }
        } finally {
            // only where it did not come to that; those that were told come again
            underWay = false;
            sessions.forEach(HostSession::takeTime);
            clients.forEach(Connection::close);
            listener.resume();
        }
    }

    private static void tell(Connection client) {
        try {
            client.post(HostProtocol.encode(0, new HostReply.Replaced()));
        } catch (IOException e) {
            LOG.debug("a client went away: {}", e.getMessage());
        }
    }

    private void awaitHolding() throws InterruptedException {
        long deadline = System.nanoTime() + CLIENTS_PATIENCE.toNanos();
        synchronized (holding) {
            long left = CLIENTS_PATIENCE.toMillis();
            while (left > 0 && !holding.containsAll(clients)) {
                holding.wait(left);
                left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            }
        }
    }

    private void handOver(List<String> command, Path file, Listener listener) throws IOException, InterruptedException {
        for (HostSession session : sessions) {
            session.awaitWritten();
        }
        long heldSince = System.currentTimeMillis();
        List<HostedChild> held = new ArrayList<>();
        List<HostState.Terminal> terminals = new ArrayList<>();
        try {
            sessions.forEach(session -> held.addAll(session.hold(terminals)));
            flush();
            HandOver whole = handOver(heldSince, terminals);
            whole.write(file);
            listener.bequeath();
            whole.become(command, file);
        } finally {
            held.forEach(HostedChild::letGo);
        }
    }

    private void flush() throws IOException, InterruptedException {
        for (HostSession session : sessions) {
            if (!session.flush()) {
                throw new IOException("the disk does not take the log of " + session.name()
                        + ", whose newest output would be lost; make room on it, then: agentctl upgrade");
            }
        }
        for (Connection client : clients) {
            client.flush(CLIENTS_PATIENCE);
        }
    }
}

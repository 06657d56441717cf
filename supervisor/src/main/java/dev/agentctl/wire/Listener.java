package dev.agentctl.wire;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import jdk.net.ExtendedSocketOptions;

/// Listens at a Unix socket and serves every connection of our own user on a thread of its own.
///
/// None of them can harm the others: their number, the time that they may take and the memory that they may fill are
/// bounded, and what is wrong with one is said in one line.
public final class Listener implements AutoCloseable {
    /// More than any machine's sessions and terminals need: two of each, and the supervisor's own.
    private static final int MOST_CONNECTIONS = 2_048;

    /// For all frames that are on their way; most are no larger than what each connection may take besides.
    private static final long FRAMES_BYTES = 16L << 20;

    private static final long PAUSE_MILLIS = 100;

    private final Path socket;
    private final ServerSocketChannel server;
    private final boolean inherited;
    private final Selector arrivals;
    /// Held while a connection is taken, and while none is to be.
    private final Semaphore turn = new Semaphore(1);
    private final Duration patience;
    private volatile boolean bequeathed;
    private final ThreadFactory threads;
    private final Complaints complaints;
    private final MemoryBudget memory = new MemoryBudget(FRAMES_BYTES);
    private final AtomicInteger connections = new AtomicInteger();

    private Listener(
            Path socket, ServerSocketChannel server, boolean inherited, Duration patience, ThreadFactory threads)
            throws IOException {
        this.socket = socket;
        this.server = server;
        this.inherited = inherited;
        this.arrivals = Selector.open();
        server.configureBlocking(false);
        server.register(arrivals, SelectionKey.OP_ACCEPT);
        this.patience = patience;
        this.threads = threads;
        this.complaints = new Complaints(String.valueOf(socket.getFileName()));
    }

    /// What is done with a connection; it is closed afterwards.
    @FunctionalInterface
    public interface Service {
        void serve(Connection connection) throws IOException;
    }

    /// Binds the socket, replacing a stale file. Call only while holding the role's lock, so that the file can be
    /// nobody's.
    ///
    /// @param patience how long a client may take to say who it is, to end a frame, or to read what it is sent
    /// @param threads makes the thread of each connection
    public static Listener open(Path socket, Service service, Duration patience, ThreadFactory threads)
            throws IOException {
        Files.deleteIfExists(socket);
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket), 128);
        Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-------"));
        return new Listener(socket, server, false, patience, threads).start(service);
    }

    /// Listens on at the socket that a former program of this process listened at, and left as standard input: whoever
    /// has connected meanwhile has waited. Begins with [#resume].
    public static Listener inherit(Path socket, Service service, Duration patience, ThreadFactory threads)
            throws IOException {
        ChannelProvider.name();
        if (System.inheritedChannel() instanceof ServerSocketChannel server) {
            Listener listener = new Listener(socket, server, true, patience, threads);
            listener.pause();
            return listener.start(service);
        }
        throw new IOException("no socket was handed over");
    }

    private Listener start(Service service) throws IOException {
        UserPrincipal owner = Files.getOwner(socket);
        Thread.ofPlatform().daemon().name("accept " + socket.getFileName()).start(() -> accept(owner, service));
        return this;
    }

    private void accept(UserPrincipal owner, Service service) {
        while (server.isOpen() && arrivals.isOpen()) {
            try {
                arrivals.select();
                acceptOne(owner, service);
            } catch (ClosedChannelException | ClosedSelectorException _) {
                return;
            } catch (IOException e) {
                complaints.add("cannot accept a connection: " + e.getMessage());
                sleep();
            }
        }
    }

    private void acceptOne(UserPrincipal owner, Service service) throws IOException {
        turn.acquireUninterruptibly();
        try {
            arrivals.selectedKeys().clear();
            SocketChannel channel = server.accept();
            if (channel != null) {
                admit(channel, owner, service);
            }
        } finally {
            turn.release();
        }
    }

    /// Takes no connection from now on: they wait, for [#resume], or for whoever inherits the socket.
    public void pause() {
        turn.acquireUninterruptibly();
    }

    public void resume() {
        turn.release();
    }

    /// Leaves the socket to the program that this process runs next; from here on a close does nothing.
    ///
    /// @throws IOException if it cannot be found among the open descriptors
    public void bequeath() throws IOException {
        int descriptor = Exec.listening(socket);
        if (descriptor < 0) {
            throw new IOException("the socket " + socket + " cannot be handed over");
        }
        Exec.becomeInput(descriptor);
        bequeathed = true;
    }

    private void admit(SocketChannel channel, UserPrincipal owner, Service service) throws IOException {
        UserPrincipal peer =
                channel.getOption(ExtendedSocketOptions.SO_PEERCRED).user();
        if (!peer.equals(owner)) {
            // even if the folder's mode were wrong, another user gets nothing
            complaints.add("refused a connection of user " + peer.getName());
            channel.close();
        } else if (connections.incrementAndGet() > MOST_CONNECTIONS) {
            connections.decrementAndGet();
            complaints.add("refused a connection: there are " + MOST_CONNECTIONS + " already");
            channel.close();
        } else {
            Objects.requireNonNull(threads.newThread(() -> serve(channel, service)))
                    .start();
        }
    }

    private void serve(SocketChannel channel, Service service) {
        Connection connection = Connection.accepted(channel, patience, memory);
        try (connection) {
            service.serve(connection);
        } catch (WireException e) {
            complaints.add("closed a connection: " + e.getMessage());
        } catch (IOException _) {
            connection.fault().ifPresent(fault -> complaints.add("closed a connection: " + fault));
        } finally {
            connections.decrementAndGet();
        }
    }

    /// Out of descriptors, the next try would fail at once.
    private static void sleep() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        if (bequeathed) {
            return;
        }
        try {
            arrivals.close();
            if (!inherited) {
                // closing one that was inherited, Java would close our log, too; it ends with the process
                server.close();
            }
            Files.deleteIfExists(socket);
        } catch (IOException e) {
            complaints.add("cannot remove the socket: " + e.getMessage());
        }
    }
}

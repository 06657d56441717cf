package dev.agentctl.host;

import dev.agentctl.wire.Build;
import dev.agentctl.wire.RoleLaunch;
import dev.agentctl.wire.SuccessionCall;
import dev.agentctl.wire.VersionMismatch;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The supervisor's connection to the host, made again whenever it breaks; the host itself is started where none runs.
public final class HostLink implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HostLink.class);
    private static final long RETRY_MILLIS = 100;
    private static final int MOST_BREAKS = 5;
    private static final long SHUTDOWN_SECONDS = 5;

    private final Path socket;
    private final Starter starter;
    private final CompletableFuture<Watcher> watcher = new CompletableFuture<>();
    private volatile @Nullable HostClient client;
    private volatile boolean closed;

    /// Starts the host's process.
    @FunctionalInterface
    public interface Starter {
        void start() throws IOException;
    }

    /// Who is told what happens at the host.
    public interface Watcher {
        /// A connection is about to stand; these are the host's sessions. Called before any [HostLink#send] succeeds.
        void connected(List<HostedSession> sessions);

        void ended(HostReply.Ended ended);

        /// A person types in a session's terminal.
        default void personTyped(HostReply.PersonTyped typed) {}

        /// The host, and with it every child, is gone.
        void lost();
    }

    public HostLink(Path socket, Starter starter) {
        this.socket = socket;
        this.starter = starter;
    }

    /// Connects, starting the host where none runs.
    ///
    /// @throws IOException if it cannot be started
    public void open(Watcher told) throws IOException, InterruptedException {
        watcher.complete(told);
        replaceOtherBuild();
        open();
    }

    /// A host of another build than ours becomes one of ours; its children do not notice.
    private void replaceOtherBuild() {
        SuccessionCall host = new SuccessionCall(socket, "host");
        try {
            if (!host.about().build().equals(Build.own())) {
                switch (host.replace(RoleLaunch.HOST.command())) {
                    case SuccessionCall.Outcome.Replaced _ ->
                        LOG.info("the host was of another build and was replaced");
                    case SuccessionCall.Outcome.Refused(String reason) -> LOG.error("the host stays: {}", reason);
                }
            }
        } catch (SocketException _) {
            // none is running
        } catch (IOException e) {
            LOG.warn("{}", e.getMessage());
        }
    }

    private void open() throws IOException, InterruptedException {
        try {
            connect();
        } catch (IOException e) {
            LOG.info("starting a host: {}", e.getMessage());
            starter.start();
            connectPatiently();
        }
    }

    private void connectPatiently() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (true) {
            try {
                connect();
                return;
            } catch (IOException e) {
                if (System.nanoTime() - deadline > 0) {
                    throw new IOException("the host does not answer at " + socket + ": " + e.getMessage(), e);
                }
                TimeUnit.MILLISECONDS.sleep(20);
            }
        }
    }

    private void connect() throws IOException, InterruptedException {
        CompletableFuture<Watcher> told = new CompletableFuture<>();
        HostClient connected = HostClient.connect(socket, new HostClient.Observer() {
            @Override
            public void ended(HostReply.Ended ended) {
                var _ = told.thenAccept(heard -> heard.ended(ended));
            }

            @Override
            public void personTyped(HostReply.PersonTyped typed) {
                var _ = told.thenAccept(heard -> heard.personTyped(typed));
            }

            @Override
            public void replaced(List<HostedSession> sessions) {
                LOG.info("the host was replaced by another version");
                var _ = told.thenAccept(heard -> heard.connected(sessions));
            }

            @Override
            public void hostGone() {
                reconnect();
            }
        });
        connected.ask(new HostRequest.Watch());
        // told before anything can be sent, so that it is about children of former connections only
        watcher.join().connected(connected.sessions());
        client = connected;
        told.complete(watcher.join());
    }

    private void reconnect() {
        client = null;
        if (!closed) {
            Thread.ofVirtual().name("host again").start(this::reconnectUntilItWorks);
        }
    }

    private void reconnectUntilItWorks() {
        try {
            connectAgain();
            LOG.warn("the connection to the host broke and was made again");
            return;
        } catch (IOException e) {
            LOG.warn("the host has gone away: {}", e.getMessage());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return;
        }
        watcher.join().lost();
        while (!closed) {
            try {
                open();
                return;
            } catch (IOException e) {
                LOG.error("the host cannot be started: {}", e.getMessage());
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return;
            }
            pause();
        }
    }

    /// One that answers but breaks off may be in the middle of being replaced; one of another version is there, with
    /// all children, and waits for us to be replaced, too.
    private void connectAgain() throws IOException, InterruptedException {
        String told = "";
        for (int tries = 0; !closed; tries++) {
            try {
                connect();
                return;
            } catch (VersionMismatch e) {
                tries = 0;
                if (!told.equals(e.getMessage())) {
                    told = String.valueOf(e.getMessage());
                    LOG.error("{}", told);
                }
            } catch (IOException e) {
                boolean absent = e instanceof ConnectException || Files.notExists(socket);
                if (absent || tries == MOST_BREAKS) {
                    throw e;
                }
            }
            TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS);
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// Sends a request; fails at once while no host is connected.
    public CompletableFuture<HostReply> send(HostRequest request) {
        HostClient connected = client;
        return connected == null
                ? CompletableFuture.failedFuture(new IOException("no host is running"))
                : connected.send(request);
    }

    /// Ends the host for good, and waits until it has heard; none is started again.
    public void shutDown() {
        closed = true;
        try {
            send(new HostRequest.Shutdown())
                    .orTimeout(SHUTDOWN_SECONDS, TimeUnit.SECONDS)
                    .join();
        } catch (CompletionException e) {
            LOG.warn("the host did not confirm its end: {}", e.getMessage());
        }
    }

    /// Opens a stream of a session's log.
    public HostReader read(HostRequest.Read read) throws IOException {
        return HostClient.read(socket, read);
    }

    /// Pid and version of the connected host.
    public Optional<dev.agentctl.wire.Greeting> host() {
        return Optional.ofNullable(client).map(HostClient::host);
    }

    /// Lets go of the host, which lives on.
    @Override
    public void close() {
        closed = true;
        HostClient connected = client;
        if (connected != null) {
            connected.close();
        }
    }
}

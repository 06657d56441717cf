package dev.agentctl.wire;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import jdk.net.ExtendedSocketOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Listens at a Unix socket and serves every connection of our own user on a virtual thread.
public final class Listener implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Listener.class);

    private final Path socket;
    private final ServerSocketChannel server;

    private Listener(Path socket, ServerSocketChannel server) {
        this.socket = socket;
        this.server = server;
    }

    /// What is done with a connection; it is closed afterwards.
    @FunctionalInterface
    public interface Service {
        void serve(Connection connection) throws IOException;
    }

    /// Binds the socket, replacing a stale file. Call only while holding the role's lock, so that the file can be
    /// nobody's.
    public static Listener open(Path socket, Service service) throws IOException {
        Files.deleteIfExists(socket);
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket), 128);
        Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-------"));
        Listener listener = new Listener(socket, server);
        UserPrincipal owner = Files.getOwner(socket);
        Thread.ofVirtual().name("accept " + socket.getFileName()).start(() -> listener.accept(owner, service));
        return listener;
    }

    private void accept(UserPrincipal owner, Service service) {
        while (server.isOpen()) {
            try {
                SocketChannel channel = server.accept();
                // even if the folder's mode were wrong, another user gets nothing
                if (channel.getOption(ExtendedSocketOptions.SO_PEERCRED).user().equals(owner)) {
                    Thread.ofVirtual().start(() -> serve(channel, service));
                } else {
                    channel.close();
                }
            } catch (ClosedChannelException _) {
                return;
            } catch (IOException e) {
                LOG.warn("cannot accept at {}: {}", socket, e.getMessage());
            }
        }
    }

    private void serve(SocketChannel channel, Service service) {
        try (Connection connection = new Connection(channel)) {
            service.serve(connection);
        } catch (IOException e) {
            LOG.debug("connection at {} ended: {}", socket, e.getMessage());
        }
    }

    @Override
    public void close() {
        try {
            server.close();
            Files.deleteIfExists(socket);
        } catch (IOException e) {
            LOG.warn("cannot remove {}: {}", socket, e.getMessage());
        }
    }
}

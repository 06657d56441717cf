package dev.agentctl.wire;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;

/// How a running role is asked to make room for another build of itself, by a client of whatever version. A
/// conversation of its own, begun by a greeting with [Greeting#SUCCESSION]; it never changes its form.
///
/// | frame from the client | frame back |
/// |---|---|
/// | 1 | the build that runs; why the last successor failed, or nothing |
/// | 3, a command line | whether it could be run |
/// | 2, a command line | whether it can be run; if so, the role becomes it, which ends the connection |
public final class Succession {
    static final int ABOUT = 1;
    static final int REPLACE = 2;
    static final int TRY = 3;

    private final Role role;
    private final Path file;
    private final CompletableFuture<Listener> listener = new CompletableFuture<>();
    private final ReentrantLock underWay = new ReentrantLock();

    /// What only the role itself knows.
    public interface Role {
        /// Why the last successor failed; empty where none did.
        String problem();

        /// What it would hand over now, for a trial.
        HandOver sample() throws IOException;

        /// Hands over for good.
        ///
        /// @param file where to write it
        /// @param listener where the role listens, for the successor to go on with
        /// @throws IOException if that cannot be; the role works on
        void succeed(List<String> command, Path file, Listener listener) throws IOException, InterruptedException;
    }

    /// @param file where the hand-over is written
    public Succession(Role role, Path file) {
        this.role = role;
        this.file = file;
    }

    /// Says where the role listens. Before it is asked anything.
    public void listensAt(Listener where) {
        listener.complete(where);
    }

    /// Serves one connection.
    public void serve(Connection connection) throws IOException {
        var frame = connection.receive();
        while (frame.isPresent()) {
            Decoder in = new Decoder(frame.get());
            switch (in.u8()) {
                case ABOUT ->
                    connection.send(new Encoder()
                            .string(Build.own())
                            .string(role.problem())
                            .toBytes());
                case REPLACE -> replace(connection, in.strings(), true);
                case TRY -> replace(connection, in.strings(), false);
                default -> throw new WireException("unknown request of a successor");
            }
            frame = connection.receive();
        }
    }

    private void replace(Connection connection, List<String> command, boolean really) throws IOException {
        if (!underWay.tryLock()) {
            answer(connection, Optional.of("another upgrade is under way"));
            return;
        }
        try {
            Optional<String> refused = trial(command);
            answer(connection, refused);
            if (really && refused.isEmpty()) {
                Rehearsal.breakOff();
                role.succeed(command, file, listener.join());
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            answer(connection, Optional.of(String.valueOf(e.getMessage())));
        } finally {
            underWay.unlock();
        }
    }

    private Optional<String> trial(List<String> command) throws InterruptedException {
        Path sample = file.resolveSibling(file.getFileName() + ".trial");
        try {
            role.sample().write(sample);
            Optional<String> why = Trial.run(command, sample);
            Files.deleteIfExists(sample);
            return why.map(reason -> "the new version cannot take over: " + reason);
        } catch (IOException e) {
            return Optional.of("the hand-over cannot be written: " + e.getMessage());
        }
    }

    private static void answer(Connection connection, Optional<String> refused) throws IOException {
        connection.send(new Encoder().optional(refused).toBytes());
    }
}

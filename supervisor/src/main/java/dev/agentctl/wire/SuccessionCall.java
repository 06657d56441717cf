package dev.agentctl.wire;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// A client's side of a [Succession]. One thread.
public final class SuccessionCall {
    private final Path socket;
    private final String role;

    /// @param socket the role's own
    /// @param role what it is called in messages
    public SuccessionCall(Path socket, String role) {
        this.socket = socket;
        this.role = role;
    }

    /// Who runs.
    ///
    /// @param problem why its last successor failed; empty where none did
    public record About(long pid, String version, String build, String problem) {}

    /// What came of it.
    public sealed interface Outcome {
        record Replaced(About now) implements Outcome {}

        /// The old program runs on.
        record Refused(String reason) implements Outcome {}
    }

    /// Asks who runs.
    ///
    /// @throws IOException if nobody does, or one that is too old to be asked
    public About about() throws IOException {
        try (Connection connection = Connection.to(socket)) {
            return about(connection);
        }
    }

    private About about(Connection connection) throws IOException {
        Greeting theirs = Greeting.exchangeAny(connection, role, Greeting.SUCCESSION);
        connection.send(new Encoder().u8(Succession.ABOUT).toBytes());
        Decoder in = new Decoder(receive(connection)
                .orElseThrow(() -> new IOException("the running " + role + ", version " + theirs.version()
                        + ", cannot be replaced while it runs; this ends the agents and resumes their conversations:"
                        + " agentctl down, then: agentctl up")));
        return new About(theirs.pid(), theirs.version(), in.string(), in.string());
    }

    /// Why the program could not be replaced by this one; empty where it could.
    public Optional<String> trial(List<String> command) throws IOException {
        try (Connection connection = Connection.to(socket)) {
            about(connection);
            connection.send(new Encoder().u8(Succession.TRY).strings(command).toBytes());
            byte[] frame = connection.receive().orElseThrow(() -> new EOFException("the " + role + " has gone away"));
            return new Decoder(frame).optional();
        }
    }

    /// Replaces the program by another one, and waits until that serves, or the old one does again.
    public Outcome replace(List<String> command) throws IOException {
        try (Connection connection = Connection.to(socket)) {
            long pid = about(connection).pid();
            connection.send(
                    new Encoder().u8(Succession.REPLACE).strings(command).toBytes());
            // the first tells what came of the trial; another one that it was given up after that
            for (int i = 0; i < 2; i++) {
                Optional<byte[]> frame = receive(connection);
                if (frame.isEmpty()) {
                    break;
                }
                Optional<String> refused = new Decoder(frame.get()).optional();
                if (refused.isPresent()) {
                    return new Outcome.Refused(refused.get());
                }
            }
            return outcome(pid);
        }
    }

    private Outcome outcome(long pid) throws IOException {
        About now = about();
        boolean moved = now.pid() != pid;
        if (moved && now.problem().isEmpty()) {
            throw new IOException("the " + role + ", process " + pid + ", ended during the upgrade; see its log");
        }
        return now.problem().isEmpty()
                ? new Outcome.Replaced(now)
                : new Outcome.Refused("the new version failed and the old one goes on"
                        + (moved ? " as process " + now.pid() : "") + ": " + now.problem());
    }

    /// Empty where the other side has gone, however.
    private static Optional<byte[]> receive(Connection connection) throws IOException {
        try {
            return connection.receive();
        } catch (EOFException e) {
            throw e;
        } catch (IOException _) {
            return Optional.empty();
        }
    }
}

package dev.agentctl.cli;

import dev.agentctl.control.ControlClient;
import dev.agentctl.control.ControlReply;
import dev.agentctl.control.ControlRequest;
import dev.agentctl.control.ExitCode;
import dev.agentctl.wire.SilentPeer;
import dev.agentctl.wire.StateFolder;
import java.io.EOFException;
import java.io.IOException;
import java.net.BindException;
import java.net.SocketException;
import java.nio.file.Files;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Asks the running supervisor, and never starts one.
final class SupervisorCall {
    /// A supervisor that is restarted, for a new version or by its service, is back within this.
    private static final long RESTART_NANOS = TimeUnit.SECONDS.toNanos(30);

    private static final long KNOCK_MILLIS = 100;

    /// What only reads must be answered within this; a supervisor that hangs is told apart from one that works long.
    private static final long PATIENCE_MILLIS = 10_000;

    private final StateFolder folder;

    SupervisorCall(StateFolder folder) {
        this.folder = folder;
    }

    /// Connects.
    ///
    /// @throws CommandFailure with [ExitCode#UNREACHABLE] when none is running, [ExitCode#TIMED_OUT] when it hangs
    ControlClient connect() throws CommandFailure {
        try {
            return ControlClient.connect(folder.supervisorSocket());
        } catch (BindException e) {
            // Java's name for EACCES at a socket
            throw new CommandFailure(
                    ExitCode.NOT_PERMITTED,
                    folder.supervisorSocket() + " is not ours to use; run agentctl as the user who owns it",
                    e);
        } catch (SocketException | EOFException e) {
            throw new CommandFailure(ExitCode.UNREACHABLE, away(), e);
        } catch (SilentPeer e) {
            throw new CommandFailure(ExitCode.TIMED_OUT, String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.ERROR, String.valueOf(e.getMessage()), e);
        }
    }

    /// The line for a supervisor that is not there.
    String away() {
        return "no supervisor is running for " + folder.path() + "; start one with: agentctl up";
    }

    /// Asks for something that is answered at once.
    ///
    /// @throws CommandFailure with [ExitCode#TIMED_OUT] when it is not
    ControlReply ask(ControlRequest request) throws CommandFailure {
        try (ControlClient client = connect()) {
            Deadline deadline = new Deadline(client, PATIENCE_MILLIS);
            try {
                return client.ask(request);
            } catch (IOException e) {
                throw deadline.passed() ? late(e) : broken(e);
            } finally {
                deadline.cancel();
            }
        }
    }

    /// Asks for something that may take as long as it takes: agents that end.
    ControlReply askPatiently(ControlRequest request) throws CommandFailure {
        try (ControlClient client = connect()) {
            return client.ask(request);
        } catch (IOException e) {
            throw broken(e);
        }
    }

    /// As [#askPatiently], and again where the supervisor is restarted meanwhile. For what may be asked twice, and of a
    /// supervisor that has answered before.
    ControlReply askThroughRestarts(ControlRequest request) throws CommandFailure, InterruptedException {
        long lost = System.nanoTime();
        while (true) {
            try (ControlClient client = connect()) {
                return client.ask(request);
            } catch (IOException _) {
                lost = System.nanoTime();
            } catch (CommandFailure e) {
                if (e.code() != ExitCode.UNREACHABLE || System.nanoTime() - lost > RESTART_NANOS) {
                    throw e;
                }
            }
            TimeUnit.MILLISECONDS.sleep(KNOCK_MILLIS);
        }
    }

    /// Connects to the supervisor that comes after one that has gone away; empty where none does. One that ends
    /// for good removes its socket.
    Optional<ControlClient> connectAfterRestart() throws CommandFailure, InterruptedException {
        long lost = System.nanoTime();
        while (Files.exists(folder.supervisorSocket()) && System.nanoTime() - lost < RESTART_NANOS) {
            try {
                return Optional.of(connect());
            } catch (CommandFailure e) {
                if (e.code() != ExitCode.UNREACHABLE) {
                    throw e;
                }
            }
            TimeUnit.MILLISECONDS.sleep(KNOCK_MILLIS);
        }
        return Optional.empty();
    }

    private static CommandFailure late(IOException cause) {
        return new CommandFailure(
                ExitCode.TIMED_OUT,
                "the supervisor did not answer within " + PATIENCE_MILLIS / 1_000
                        + " s; see its log with: agentctl doctor",
                cause);
    }

    private static CommandFailure broken(IOException cause) {
        return new CommandFailure(
                ExitCode.UNREACHABLE,
                "the supervisor went away before it answered; look again with: agentctl status",
                cause);
    }

    /// Closes a connection that has waited too long.
    private static final class Deadline {
        private final Thread watch;
        private volatile boolean passed;

        Deadline(ControlClient client, long millis) {
            watch = new Thread(() -> expire(client, millis), "deadline");
            watch.setDaemon(true);
            watch.start();
        }

        private void expire(ControlClient client, long millis) {
            try {
                Thread.sleep(millis);
                passed = true;
                client.close();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }

        boolean passed() {
            return passed;
        }

        void cancel() {
            watch.interrupt();
        }
    }
}

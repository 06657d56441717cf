package dev.agentctl.cli;

import dev.agentctl.control.ControlReply;
import dev.agentctl.control.ControlReply.RoleProcess;
import dev.agentctl.control.ControlRequest;
import dev.agentctl.control.ExitCode;
import dev.agentctl.host.HostClient;
import dev.agentctl.host.HostedSession;
import dev.agentctl.project.NearNames;
import dev.agentctl.wire.SilentPeer;
import dev.agentctl.wire.StateFolder;
import java.io.IOException;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Asks the running host, and never starts one.
final class HostCall {
    /// A host that is replaced by another version answers within this. One that does not is stopped, or hangs.
    private static final Duration GREETING = Duration.ofSeconds(90);

    private HostCall() {}

    /// Who the host is, if there is one, and the sessions whose child runs.
    record Presence(Optional<RoleProcess> process, List<String> running) {}

    /// @throws CommandFailure with [ExitCode#TIMED_OUT] when there is one that hangs
    static Presence presence(StateFolder folder) throws CommandFailure {
        return presence(folder, GREETING);
    }

    /// @param greeting how long it may take to answer
    static Presence presence(StateFolder folder, Duration greeting) throws CommandFailure {
        try (HostClient client = HostClient.connect(folder.hostSocket(), HostClient.Observer.NONE, greeting)) {
            List<String> running = new ArrayList<>();
            for (HostedSession session : client.sessions()) {
                if (session.alive()) {
                    running.add(session.name());
                }
            }
            return new Presence(
                    Optional.of(
                            new RoleProcess(client.host().pid(), client.host().version())),
                    running);
        } catch (SilentPeer e) {
            throw hangs(e);
        } catch (IOException _) {
            // nobody listens: that is the answer
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        return new Presence(Optional.empty(), List.of());
    }

    /// How a connection is made.
    @FunctionalInterface
    private interface Way {
        HostClient connect() throws IOException;
    }

    /// Connects, for somebody who asks.
    ///
    /// @throws CommandFailure with [ExitCode#UNREACHABLE] when none is running, [ExitCode#TIMED_OUT] when it hangs
    static HostClient connect(StateFolder folder) throws CommandFailure {
        return connect(folder, () -> HostClient.connect(folder.hostSocket(), HostClient.Observer.NONE, GREETING));
    }

    /// Connects, for somebody who types. Throws as the other.
    static HostClient connect(StateFolder folder, HostClient.Observer observer) throws CommandFailure {
        return connect(folder, () -> HostClient.connectToType(folder.hostSocket(), observer, GREETING));
    }

    private static HostClient connect(StateFolder folder, Way way) throws CommandFailure {
        try {
            return way.connect();
        } catch (SilentPeer e) {
            throw hangs(e);
        } catch (SocketException e) {
            throw new CommandFailure(ExitCode.UNREACHABLE, away(folder), e);
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.ERROR, String.valueOf(e.getMessage()), e);
        }
    }

    private static CommandFailure hangs(SilentPeer host) {
        return new CommandFailure(ExitCode.TIMED_OUT, String.valueOf(host.getMessage()), host);
    }

    private static String away(StateFolder folder) {
        return "no host is running for " + folder.path() + "; start everything with: agentctl up";
    }

    /// Checks that there is a host and that it has or had a session of that name. Asking the host itself would make
    /// one.
    ///
    /// @throws CommandFailure where not
    static void requireLog(Agentctl root, String project) throws CommandFailure, IOException {
        StateFolder folder = root.surroundings().state();
        if (presence(folder).process().isEmpty()) {
            throw new CommandFailure(ExitCode.UNREACHABLE, away(folder));
        }
        if (!isName(project) || Files.notExists(folder.session(project))) {
            requireKnown(root, project);
            throw new CommandFailure(
                    ExitCode.NOT_RUNNING, project + " has not run yet; start it with: agentctl start " + project);
        }
    }

    /// A name that the supervisor does not know is a wrong one; without a supervisor, one that left no trace is.
    private static void requireKnown(Agentctl root, String project) throws CommandFailure, IOException {
        try {
            ControlReply reply = root.supervisor().ask(new ControlRequest.Status(Optional.of(project)));
            if (!(reply instanceof ControlReply.Report)) {
                throw Answers.unexpected(reply);
            }
        } catch (CommandFailure e) {
            if (e.code() != ExitCode.UNREACHABLE) {
                throw e;
            }
            String near = NearNames.question(project, logged(root.surroundings().state()));
            throw new CommandFailure(
                    ExitCode.NO_SUCH_PROJECT,
                    "no project '" + project + "' has run here; " + near + "see: agentctl status",
                    e);
        }
    }

    /// Who has a log.
    private static List<String> logged(StateFolder folder) throws IOException {
        try (Stream<Path> logs = Files.list(folder.sessions())) {
            return logs.map(log -> String.valueOf(log.getFileName())).toList();
        } catch (NoSuchFileException _) {
            return List.of();
        }
    }

    /// Whether it can be a project's name at all; what cannot must not become a path.
    private static boolean isName(String text) {
        return text.matches("[a-zA-Z0-9][a-zA-Z0-9._-]{0,62}");
    }
}

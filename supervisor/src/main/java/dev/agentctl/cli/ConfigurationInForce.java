package dev.agentctl.cli;

import dev.agentctl.control.ControlReply;
import dev.agentctl.control.ControlRequest;
import dev.agentctl.control.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// The configuration that the running supervisor goes by. It read its file when it was started, so that another
/// `--config`, or another `AGENTCTL_CONFIG`, comes to nothing.
final class ConfigurationInForce {
    private ConfigurationInForce() {}

    /// Where no supervisor is running, or one that is too old to be asked, there is nothing to object to.
    ///
    /// @throws CommandFailure with [ExitCode#CONFLICT] when `--config` names another file than the one in force
    static void require(Agentctl root) throws CommandFailure {
        Optional<Path> named = root.namedConfiguration();
        if (named.isEmpty()) {
            return;
        }
        Optional<Path> used = used(root);
        if (used.isPresent() && !same(named.get(), used.get())) {
            throw new CommandFailure(
                    ExitCode.CONFLICT,
                    "the running supervisor goes by " + used.get() + ", not by " + named.get()
                            + "; change that file, then: agentctl reload; to change over, first: agentctl down");
        }
    }

    /// Says so when `AGENTCTL_CONFIG` names another file than the one in force and no `--config` is said. It is
    /// no more than a hint: a variable of a person's profile is not meant for this one command, and refused
    /// it would keep them from a supervisor that a service started.
    static void hint(Agentctl root) throws CommandFailure {
        Optional<Path> exported = root.exportedConfiguration();
        if (root.namedConfiguration().isPresent() || exported.isEmpty()) {
            return;
        }
        Optional<Path> used = used(root);
        if (used.isPresent() && !same(exported.get(), used.get())) {
            root.surroundings()
                    .err()
                    .println(Printable.line(
                            "agentctl: the running supervisor goes by " + used.get() + ", not by $AGENTCTL_CONFIG, "
                                    + exported.get() + "; to change over, first: agentctl down"));
        }
    }

    private static Optional<Path> used(Agentctl root) throws CommandFailure {
        try {
            return root.supervisor().ask(new ControlRequest.ShowConfiguration())
                            instanceof ControlReply.Text(String file)
                    ? Optional.of(Path.of(file))
                    : Optional.empty();
        } catch (CommandFailure e) {
            if (e.code() == ExitCode.UNREACHABLE) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static boolean same(Path one, Path other) {
        try {
            return one.normalize().equals(other.normalize()) || Files.isSameFile(one, other);
        } catch (IOException _) {
            // one of them is not there
            return false;
        }
    }
}

package dev.agentctl.cli;

import dev.agentctl.control.ExitCode;
import dev.agentctl.wire.StateFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/// The root of the commands: what all of them share.
@Command(
        name = "agentctl",
        synopsisSubcommandLabel = "COMMAND",
        description = {
            "Keeps coding agents (Claude Code, Codex, any terminal program) alive on this machine and within reach of"
                    + " your phone."
        },
        optionListHeading = "%nOptions of every command:%n",
        commandListHeading = "%nCommands:%n",
        footer = {
            "%nBegin with:  agentctl doctor          see whether this machine is ready",
            "             agentctl start --all     start every project of the configuration",
            "             agentctl status          see how they are",
            "             agentctl attach NAME     sit down at one of them",
            "%nExit codes: 0 ok, 1 error, 2 usage, 3 not running, 4 no such project,",
            "5 supervisor unreachable, 6 timed out, 7 conflict, 8 not permitted.",
            "%nState, sockets and logs are in $AGENTCTL_HOME",
            "(default ~/.local/state/agentctl)."
        })
final class Agentctl {
    private final Surroundings surroundings;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            description = "The configuration, for a supervisor that is started now; one that runs must go by this file"
                    + " already (default: $AGENTCTL_CONFIG, else"
                    + "%n~/.config/agentctl/agentctl.yaml).")
    private @Nullable Path config;

    @Option(names = "--verbose", scope = ScopeType.INHERIT, description = "Show the whole stack of an error.")
    private boolean verbose;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Show this help.")
    @SuppressWarnings("UnusedVariable") // the parser acts on it
    private boolean help;

    Agentctl(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    Surroundings surroundings() {
        return surroundings;
    }

    boolean verbose() {
        return verbose;
    }

    SupervisorCall supervisor() {
        return new SupervisorCall(surroundings.state());
    }

    /// What `--config` says.
    Optional<Path> namedConfiguration() {
        return Optional.ofNullable(config).map(Path::toAbsolutePath);
    }

    /// What `AGENTCTL_CONFIG` says.
    Optional<Path> exportedConfiguration() {
        String variable = surroundings.environment().getOrDefault("AGENTCTL_CONFIG", "");
        return variable.isEmpty()
                ? Optional.empty()
                : Optional.of(Path.of(variable).toAbsolutePath());
    }

    /// Where the configuration is: `--config`, else `AGENTCTL_CONFIG`, else the XDG place.
    Path configuration() {
        Optional<Path> named = namedConfiguration();
        if (named.isPresent()) {
            return named.get();
        }
        Optional<Path> exported = exportedConfiguration();
        if (exported.isPresent()) {
            return exported.get();
        }
        Map<String, String> environment = surroundings.environment();
        String xdg = environment.getOrDefault("XDG_CONFIG_HOME", "");
        Path base = xdg.isEmpty() ? Path.of(environment.getOrDefault("HOME", "/"), ".config") : Path.of(xdg);
        return base.resolve("agentctl").resolve("agentctl.yaml").toAbsolutePath();
    }

    /// What a started role gets as its environment.
    Map<String, String> roleEnvironment() {
        Map<String, String> environment = new HashMap<>(surroundings.environment());
        environment.put("AGENTCTL_CONFIG", configuration().toString());
        return environment;
    }

    /// The state folder, made where it is missing.
    ///
    /// @throws CommandFailure when it is not safe to use
    StateFolder preparedState() throws CommandFailure, IOException {
        StateFolder folder = surroundings.state();
        Optional<String> complaint = folder.prepare();
        if (complaint.isPresent()) {
            throw new CommandFailure(ExitCode.NOT_PERMITTED, complaint.get());
        }
        return folder;
    }
}

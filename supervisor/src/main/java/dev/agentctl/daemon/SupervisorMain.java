package dev.agentctl.daemon;

import dev.agentctl.control.ExitCode;
import dev.agentctl.project.Configuration;
import dev.agentctl.project.ConfigurationReader;
import dev.agentctl.project.ConfigurationResult;
import dev.agentctl.store.StoreException;
import dev.agentctl.wire.OwnSession;
import dev.agentctl.wire.RoleLock;
import dev.agentctl.wire.StateFolder;
import dev.agentctl.wire.Version;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The supervisor's own process. What goes wrong at its start is a line in its log, the last one the reason.
public final class SupervisorMain {
    private static final Logger LOG = LoggerFactory.getLogger(SupervisorMain.class);

    private SupervisorMain() {}

    /// Runs until it is asked to end. Exit code 7 when another supervisor serves the state folder.
    public static void main(String[] arguments) throws InterruptedException {
        OwnSession.begin();
        LibraryLogs.quieten();
        Map<String, String> environment = System.getenv();
        StateFolder folder = StateFolder.of(environment);
        ExitCode code = ExitCode.OK;
        try {
            code = run(folder, environment);
        } catch (IOException | StoreException e) {
            LOG.error("the supervisor cannot start: {}", e.getMessage());
            code = ExitCode.ERROR;
        }
        System.exit(code.number());
    }

    private static ExitCode run(StateFolder folder, Map<String, String> environment)
            throws IOException, InterruptedException {
        Optional<String> complaint = folder.prepare();
        if (complaint.isPresent()) {
            LOG.error("{}", complaint.get());
            return ExitCode.ERROR;
        }
        Optional<RoleLock> lock = RoleLock.take(folder.supervisorLock());
        if (lock.isEmpty()) {
            LOG.error("a supervisor is already running, process {}", RoleLock.holder(folder.supervisorLock()));
            return ExitCode.CONFLICT;
        }
        Path home = Path.of(environment.getOrDefault("HOME", "/"));
        Path file = configurationFile(environment, home);
        return switch (new ConfigurationReader().read(file, environment, home)) {
            case ConfigurationResult.Invalid(var problems) -> {
                problems.forEach(problem -> LOG.error("{}", problem));
                yield ExitCode.ERROR;
            }
            case ConfigurationResult.Valid(Configuration configuration, List<String> warnings) -> {
                warnings.forEach(LOG::warn);
                serve(configuration, folder, environment, home);
                yield ExitCode.OK;
            }
        };
    }

    private static void serve(
            Configuration configuration, StateFolder folder, Map<String, String> environment, Path home)
            throws IOException, InterruptedException {
        try (Supervisor supervisor = Supervisor.open(configuration, folder, environment, home)) {
            // a service manager's stop: the agents run on in the host, which is a service of its own
            Runtime.getRuntime().addShutdownHook(new Thread(supervisor::close, "shutdown"));
            LOG.info("supervisor {} is running", Version.text());
            supervisor.awaitShutdown();
        }
    }

    private static Path configurationFile(Map<String, String> environment, Path home) {
        String named = environment.getOrDefault("AGENTCTL_CONFIG", "");
        if (!named.isEmpty()) {
            return Path.of(named);
        }
        String base = environment.getOrDefault("XDG_CONFIG_HOME", "");
        Path folder = base.isEmpty() ? home.resolve(".config") : Path.of(base);
        return folder.resolve("agentctl").resolve("agentctl.yaml");
    }
}

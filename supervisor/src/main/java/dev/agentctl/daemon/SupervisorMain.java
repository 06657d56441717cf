package dev.agentctl.daemon;

import dev.agentctl.control.ExitCode;
import dev.agentctl.posix.TimeSlice;
import dev.agentctl.project.Configuration;
import dev.agentctl.project.ConfigurationReader;
import dev.agentctl.project.ConfigurationResult;
import dev.agentctl.pty.Strays;
import dev.agentctl.store.Database;
import dev.agentctl.store.StoreException;
import dev.agentctl.wire.Build;
import dev.agentctl.wire.Carriers;
import dev.agentctl.wire.HandOver;
import dev.agentctl.wire.Natives;
import dev.agentctl.wire.OwnSession;
import dev.agentctl.wire.Rehearsal;
import dev.agentctl.wire.RoleLock;
import dev.agentctl.wire.ServiceNotice;
import dev.agentctl.wire.StateFolder;
import dev.agentctl.wire.TakeOver;
import dev.agentctl.wire.Version;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The supervisor's own process. What goes wrong at its start is a line in its log, the last one the reason.
public final class SupervisorMain {
    private static final Logger LOG = LoggerFactory.getLogger(SupervisorMain.class);

    private static final String ROLE = "supervisor";

    private SupervisorMain() {}

    /// Runs until it is asked to end. Exit code 7 when another supervisor serves the state folder.
    public static void main(String[] arguments) throws InterruptedException {
        OwnSession.begin();
        TimeSlice.set(TimeSlice.SHORT);
        // before another build lies where ours did
        var _ = Build.own();
        LibraryLogs.quieten();
        Map<String, String> environment = System.getenv();
        StateFolder folder = StateFolder.of(environment);
        ExitCode code = switch (HandOver.task(arguments)) {
            case HandOver.Task.Begin() -> begin(folder, environment);
            case HandOver.Task.Check(Path file) -> check(file, environment);
            case HandOver.Task.Adopt task -> adopt(folder, environment, task);
            case HandOver.Task.Revive task -> revive(folder, environment, task);
        };
        System.exit(code.number());
    }

    private static ExitCode begin(StateFolder folder, Map<String, String> environment) throws InterruptedException {
        try {
            Optional<String> complaint = folder.prepare();
            if (complaint.isPresent()) {
                LOG.error("{}", complaint.get());
                return ExitCode.ERROR;
            }
            Optional<RoleLock> lock = lock(folder);
            if (lock.isEmpty()) {
                return ExitCode.CONFLICT;
            }
            Optional<String> former = FormerHost.complaint(folder);
            if (former.isPresent()) {
                LOG.error("{}", former.get());
                return ExitCode.ERROR;
            }
            serve(folder, open(folder, environment, "", false));
            return ExitCode.OK;
        } catch (Misconfigured e) {
            LOG.error("{}", e.getMessage());
            return ExitCode.ERROR;
        } catch (IOException | UncheckedIOException | StoreException e) {
            LOG.error("the supervisor cannot start: {}", e.getMessage());
            return ExitCode.ERROR;
        }
    }

    private static Optional<RoleLock> lock(StateFolder folder) throws IOException {
        Optional<RoleLock> lock = RoleLock.take(folder.supervisorLock());
        if (lock.isEmpty()) {
            LOG.error("a supervisor is already running, process {}", RoleLock.holder(folder.supervisorLock()));
        }
        return lock;
    }

    /// Goes on where a process of ours has ended over an upgrade.
    private static ExitCode revive(StateFolder folder, Map<String, String> environment, HandOver.Task.Revive task)
            throws InterruptedException {
        try {
            return lock(folder).isPresent() ? adopt(folder, environment, task.adopt()) : ExitCode.CONFLICT;
        } catch (IOException e) {
            LOG.error("the supervisor cannot go on: {}", e.getMessage());
            return ExitCode.ERROR;
        }
    }

    /// The configuration cannot be used; the message says where and why.
    private static final class Misconfigured extends IOException {
        Misconfigured(String message) {
            super(message);
        }
    }

    /// Whether this version could take over: it reads what is handed over, and the configuration.
    private static ExitCode check(Path file, Map<String, String> environment) {
        try {
            HandOver.read(file);
            configuration(environment);
            return ExitCode.OK;
        } catch (IOException e) {
            LOG.error("{}", e.getMessage());
            return ExitCode.ERROR;
        }
    }

    private static ExitCode adopt(StateFolder folder, Map<String, String> environment, HandOver.Task.Adopt task)
            throws InterruptedException {
        // the guard of the upgrade, which would stay a zombie
        Strays.collect(Set.of());
        Optional<Supervisor> supervisor =
                new TakeOver(ROLE, task).begin(_ -> open(folder, environment, task.problem(), true));
        if (supervisor.isEmpty()) {
            return ExitCode.ERROR;
        }
        serve(folder, supervisor.get());
        return ExitCode.OK;
    }

    private static Supervisor open(StateFolder folder, Map<String, String> environment, String failed, boolean inherit)
            throws IOException, InterruptedException {
        Natives.begin(folder, ROLE).ifPresent(Database::unpackInto);
        Path home = Path.of(environment.getOrDefault("HOME", "/"));
        return Supervisor.open(configuration(environment), folder, environment, home, failed, inherit);
    }

    /// @throws Misconfigured with the first of its problems, which most often brings the others; those are in the log
    private static Configuration configuration(Map<String, String> environment) throws Misconfigured {
        Path home = Path.of(environment.getOrDefault("HOME", "/"));
        Path file = configurationFile(environment, home);
        return switch (new ConfigurationReader().read(file, environment, home)) {
            case ConfigurationResult.Invalid(var problems) -> {
                int others = problems.size() - 1;
                problems.subList(1, problems.size()).forEach(problem -> LOG.error("{}", problem));
                throw new Misconfigured(
                        problems.getFirst() + (others == 0 ? "" : " (and " + others + " more; see: agentctl doctor)"));
            }
            case ConfigurationResult.Valid(Configuration configuration, List<String> warnings) -> {
                warnings.forEach(LOG::warn);
                yield configuration;
            }
        };
    }

    private static void serve(StateFolder folder, Supervisor opened) throws InterruptedException {
        Carriers.keep();
        Rehearsal.begin(folder, ROLE, DressRehearsal::play);
        try (Supervisor supervisor = opened) {
            // a service manager's stop: the agents run on in the host, which is a service of its own
            Runtime.getRuntime().addShutdownHook(new Thread(supervisor::terminate, "shutdown"));
            LOG.info("supervisor {} is running", Version.text());
            ServiceNotice.ready(System.getenv(), folder.supervisorSocket(), ROLE);
            supervisor.awaitShutdown();
            Rehearsal.breakOff();
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

package dev.agentctl.host;

import dev.agentctl.posix.TimeSlice;
import dev.agentctl.pty.NativeLibraries;
import dev.agentctl.pty.PtyStartException;
import dev.agentctl.pty.Strays;
import dev.agentctl.pty.Warmth;
import dev.agentctl.wire.Build;
import dev.agentctl.wire.Carriers;
import dev.agentctl.wire.FolderTree;
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
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The host's own process.
public final class HostMain {
    private static final Logger LOG = LoggerFactory.getLogger(HostMain.class);

    private static final String ROLE = "host";
    private static final String TRIAL = "host.trial";

    /// Another host serves this state folder.
    private static final int CONFLICT = 7;

    private HostMain() {}

    /// Runs until a client asks it to end. Exit code 7 when another host serves the folder, 1 when it cannot start.
    public static void main(String[] arguments) throws InterruptedException {
        OwnSession.begin();
        TimeSlice.set(TimeSlice.SHORT);
        // before another build lies where ours did
        var _ = Build.own();
        StateFolder folder = StateFolder.of(System.getenv());
        int status = switch (HandOver.task(arguments)) {
            case HandOver.Task.Begin() -> begin(folder);
            case HandOver.Task.Check(Path file) -> check(folder, file);
            case HandOver.Task.Adopt task -> adopt(folder, task);
            case HandOver.Task.Revive task -> revive(folder, task);
        };
        System.exit(status);
    }

    private static int begin(StateFolder folder) throws InterruptedException {
        try {
            Optional<String> complaint = folder.prepare();
            if (complaint.isPresent()) {
                LOG.error("{}", complaint.get());
                return 1;
            }
            return alone(folder, () -> {
                Natives.begin(folder, ROLE).ifPresent(NativeLibraries::unpackInto);
                run(folder, Host.open(folder));
                return 0;
            });
        } catch (IOException e) {
            LOG.error("the host cannot start: {}", e.getMessage());
            return 1;
        }
    }

    /// What is done while no other host can serve the folder.
    @FunctionalInterface
    private interface Service {
        int serve() throws IOException, InterruptedException;
    }

    private static int alone(StateFolder folder, Service service) throws IOException, InterruptedException {
        Optional<RoleLock> lock = RoleLock.take(folder.hostLock());
        if (lock.isEmpty()) {
            LOG.error("a host is already running, process {}", RoleLock.holder(folder.hostLock()));
            return CONFLICT;
        }
        int status = service.serve();
        lock.get().close();
        return status;
    }

    /// Goes on with the children of a process that has ended over an upgrade.
    private static int revive(StateFolder folder, HandOver.Task.Revive task) throws InterruptedException {
        try {
            return alone(folder, () -> adopt(folder, task.adopt()));
        } catch (IOException e) {
            LOG.error("the host cannot go on: {}", e.getMessage());
            return 1;
        }
    }

    /// Whether this version could take over: it reads what is handed over, and can start a child.
    private static int check(StateFolder folder, Path file) throws InterruptedException {
        try {
            HostState.decode(HandOver.read(file).state());
            Natives.begin(folder, TRIAL).ifPresent(NativeLibraries::unpackInto);
            try {
                return Warmth.check();
            } finally {
                FolderTree.delete(folder.natives(TRIAL));
            }
        } catch (IOException | PtyStartException e) {
            LOG.error("{}", e.getMessage());
            return 1;
        }
    }

    private static int adopt(StateFolder folder, HandOver.Task.Adopt task) throws InterruptedException {
        TakeOver takeOver = new TakeOver(ROLE, task);
        Optional<Host> host = takeOver.begin(handOver -> {
            Natives.begin(folder, ROLE).ifPresent(NativeLibraries::unpackInto);
            HostState state = HostState.decode(handOver.state());
            Strays.collect(pids(state));
            Host adopted = Host.adopt(folder, new Host.Predecessor(state, task.problem(), takeOver::settle));
            LOG.info("the terminals waited for {} ms", System.currentTimeMillis() - state.heldSince());
            return adopted;
        });
        if (host.isEmpty()) {
            return 1;
        }
        run(folder, host.get());
        return 0;
    }

    private static Set<Long> pids(HostState state) {
        return state.terminals().stream().map(HostState.Terminal::pid).collect(Collectors.toSet());
    }

    private static void run(StateFolder folder, Host opened) throws InterruptedException {
        Warmth.begin();
        Carriers.keep();
        Rehearsal.begin(folder, ROLE, DressRehearsal::play);
        try (Host host = opened) {
            LOG.info("host {} is running", Version.text());
            ServiceNotice.ready(System.getenv(), folder.hostSocket(), ROLE);
            host.awaitShutdown();
            Rehearsal.breakOff();
        }
    }
}

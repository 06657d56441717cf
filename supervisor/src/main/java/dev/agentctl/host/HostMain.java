package dev.agentctl.host;

import dev.agentctl.pty.Warmth;
import dev.agentctl.wire.OwnSession;
import dev.agentctl.wire.RoleLock;
import dev.agentctl.wire.StateFolder;
import dev.agentctl.wire.Version;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The host's own process.
public final class HostMain {
    private static final Logger LOG = LoggerFactory.getLogger(HostMain.class);

    /// Another host serves this state folder.
    private static final int CONFLICT = 7;

    private HostMain() {}

    /// Runs until a client asks it to end. Exit code 7 when another host serves the folder, 1 when it cannot start.
    public static void main(String[] arguments) throws InterruptedException {
        OwnSession.begin();
        StateFolder folder = StateFolder.of(System.getenv());
        try {
            Optional<String> complaint = folder.prepare();
            if (complaint.isPresent()) {
                LOG.error("{}", complaint.get());
                System.exit(1);
            }
            Optional<RoleLock> lock = RoleLock.take(folder.hostLock());
            if (lock.isEmpty()) {
                LOG.error("a host is already running, process {}", RoleLock.holder(folder.hostLock()));
                System.exit(CONFLICT);
            }
            run(folder);
            lock.get().close();
        } catch (IOException e) {
            LOG.error("the host cannot start: {}", e.getMessage());
            System.exit(1);
        }
        System.exit(0);
    }

    private static void run(StateFolder folder) throws IOException, InterruptedException {
        Warmth.begin();
        try (Host host = Host.open(folder)) {
            LOG.info("host {} is running", Version.text());
            host.awaitShutdown();
        }
    }
}

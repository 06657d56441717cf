package dev.agentctl.daemon;

import dev.agentctl.wire.HandOver;
import dev.agentctl.wire.Listener;
import dev.agentctl.wire.RoleLock;
import dev.agentctl.wire.StateFolder;
import dev.agentctl.wire.Succession;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How a supervisor makes room for another program of itself in its process. All that it knows is on disk or with the
/// host: it stops, as for any other end, and the next one begins, with the same environment and lock. Whoever connects
/// meanwhile waits.
final class Replacement implements Succession.Role {
    private static final Logger LOG = LoggerFactory.getLogger(Replacement.class);

    private final StateFolder folder;
    private final String problem;
    private final Runnable stop;

    /// @param problem why the last successor failed; empty where none did
    /// @param stop ends everything but the process
    Replacement(StateFolder folder, String problem, Runnable stop) {
        this.folder = folder;
        this.problem = problem;
        this.stop = stop;
    }

    @Override
    public String problem() {
        return problem;
    }

    @Override
    public HandOver sample() throws IOException {
        return new HandOver(
                HandOver.ownCommand(SupervisorMain.class.getName()),
                RoleLock.descriptor(folder.supervisorLock()),
                Set.of(),
                new byte[0]);
    }

    @Override
    public void succeed(List<String> command, Path file, Listener listener) throws IOException {
        LOG.info("making room for another version of the supervisor");
        HandOver handOver = sample();
        handOver.write(file);
        listener.pause();
        try {
            listener.bequeath();
        } catch (IOException e) {
            listener.resume();
            throw e;
        }
        stop.run();
        try {
            handOver.become(command, file);
        } catch (IOException e) {
            // too much is closed for going on in this program
            handOver.goBack(file, String.valueOf(e.getMessage()), -1);
        }
    }
}

package dev.agentctl.daemon;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.agentctl.store.Settings;
import dev.agentctl.tools.ToolServer;
import dev.agentctl.tools.ToolSite;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Where the agents' tools are served. Running agents know the port that they were started with, so it is kept over
/// restarts. While another process has it another port stands in, and is served from then on as well: the agents that
/// are started meanwhile know that one. Any thread may call.
final class ToolPort implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ToolPort.class);
    private static final String PORT = "tools.port";
    private static final String OTHERS = "tools.port.others";
    /// Those whose agents have certainly ended are forgotten, the oldest first.
    private static final int MOST_OTHERS = 3;

    private final ToolServer server;
    private final int wanted;

    /// Known to agents, but not served yet.
    @GuardedBy("this")
    private final Set<Integer> missing = new LinkedHashSet<>();

    @GuardedBy("this")
    private boolean closed;

    private ToolPort(ToolServer server, int wanted, List<Integer> others) {
        this.server = server;
        this.wanted = wanted;
        missing.add(wanted);
        missing.addAll(others);
        missing.remove(server.port());
    }

    /// Serves at the port that is wanted, or at another while that one is taken.
    ///
    /// @param configured the port that the configuration wants; 0 where it wants none
    static ToolPort open(int configured, Settings settings, ToolSite site) throws IOException {
        int kept = settings.get(PORT).map(Integer::parseInt).orElse(0);
        int wanted = configured != 0 ? configured : kept;
        ToolServer server = start(wanted, site);
        int first = wanted == 0 ? server.port() : wanted;
        List<Integer> others = Stream.concat(Stream.of(server.port(), kept), others(settings))
                .distinct()
                .filter(port -> port != 0 && port != first)
                .limit(MOST_OTHERS)
                .toList();
        settings.set(PORT, Integer.toString(first));
        settings.set(OTHERS, others.stream().map(String::valueOf).collect(Collectors.joining(",")));
        ToolPort port = new ToolPort(server, first, others);
        port.retry();
        return port;
    }

    private static ToolServer start(int wanted, ToolSite site) throws IOException {
        try {
            return ToolServer.start(wanted, site);
        } catch (IOException taken) {
            return ToolServer.start(0, site);
        }
    }

    private static Stream<Integer> others(Settings settings) {
        return settings.get(OTHERS).stream()
                .flatMap(ports -> Stream.of(ports.split(",")))
                .filter(port -> !port.isEmpty())
                .map(Integer::parseInt);
    }

    /// Tries again what was taken.
    synchronized void retry() {
        for (int port : closed ? List.<Integer>of() : new ArrayList<>(missing)) {
            try {
                server.listen(port);
                missing.remove(port);
            } catch (IOException taken) {
                LOG.debug("port {} for the agents' tools: {}", port, taken.getMessage());
            }
        }
    }

    /// The port for agents that are started from now on.
    synchronized int port() {
        return missing.contains(wanted) ? server.port() : wanted;
    }

    /// What running agents lack as long as the port that they know is taken.
    synchronized Optional<String> notice() {
        return missing.contains(wanted)
                ? Optional.of("port " + wanted + " for the agents' tools is taken by another process; agents that know"
                        + " it cannot reach their tools until that process ends or they are restarted")
                : Optional.empty();
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        server.close();
    }
}

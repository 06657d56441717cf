package dev.agentctl.daemon;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/// Keeps the libraries' news of their own starting and stopping out of our log.
final class LibraryLogs {
    // the logging system itself holds loggers weakly, and their levels go with them
    private static final List<Logger> NOISY = List.of(
            Logger.getLogger("org.eclipse.jetty"),
            Logger.getLogger("io.modelcontextprotocol"),
            Logger.getLogger("org.telegram"));

    private LibraryLogs() {}

    static void quieten() {
        NOISY.forEach(logger -> logger.setLevel(Level.WARNING));
    }
}

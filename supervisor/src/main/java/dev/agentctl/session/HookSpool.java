package dev.agentctl.session;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The hook events that an agent's hook kept on disk while the supervisor was away, named by their time.
record HookSpool(Path folder) {
    private static final Logger LOG = LoggerFactory.getLogger(HookSpool.class);

    /// Takes a kept event.
    interface Taker {
        /// Takes one, with the time when it was kept.
        void take(String payload, Instant at);
    }

    /// Hands over every kept event, the oldest first, and forgets it once it was taken.
    void drain(Taker taker) {
        for (Path file : files()) {
            try {
                taker.take(
                        Files.readString(file, StandardCharsets.UTF_8),
                        Files.getLastModifiedTime(file).toInstant());
                Files.delete(file);
            } catch (IOException e) {
                LOG.warn("cannot read a kept hook event: {}", e.getMessage());
            }
        }
    }

    private List<Path> files() {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        } catch (IOException _) {
            // no folder: this session's agent keeps none
            return List.of();
        }
    }
}

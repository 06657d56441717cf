package dev.agentctl.pty;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/// How many file descriptors this process may still open. At the limit pty4j starts children on the master side,
/// mute and outliving everything, so a start is refused before that.
final class Descriptors {
    /// What one session takes, with room for the connections that look at it.
    private static final int NEEDED = 16;

    private static final Path OPEN = Path.of("/proc/self/fd");

    private Descriptors() {}

    static boolean enough() {
        try {
            return open() + NEEDED <= Limit.SOFT;
        } catch (IOException _) {
            // no /proc: not Linux; the check after the start remains
            return true;
        }
    }

    /// Since Linux 6.2 the size of the folder; before that its size is 0.
    private static long open() throws IOException {
        long size = Files.size(OPEN);
        if (size > 0) {
            return size;
        }
        try (Stream<Path> open = Files.list(OPEN)) {
            return open.count();
        }
    }

    /// Read once: nobody changes it while this process runs.
    private static final class Limit {
        static final long SOFT = soft();

        private static long soft() {
            try (Stream<String> limits = Files.lines(Path.of("/proc/self/limits"))) {
                return limits.filter(line -> line.startsWith("Max open files"))
                        .map(line -> line.substring("Max open files".length())
                                .strip()
                                .split(" +", -1)[0])
                        .mapToLong(soft -> soft.equals("unlimited") ? Long.MAX_VALUE : Long.parseLong(soft))
                        .findFirst()
                        .orElse(Long.MAX_VALUE);
            } catch (IOException | UncheckedIOException _) {
                return Long.MAX_VALUE;
            }
        }
    }
}

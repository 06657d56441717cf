package dev.agentctl.pty;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/// How many file descriptors this process may still open. At the limit pty4j starts children on the master side,
/// mute and outliving everything, so a start is refused before that.
final class Descriptors {
    /// What one session takes, with room for the connections that look at it.
    private static final int NEEDED = 16;

    private Descriptors() {}

    static boolean enough() {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"));
                Stream<String> limits = Files.lines(Path.of("/proc/self/limits"))) {
            long limit = limits.filter(line -> line.startsWith("Max open files"))
                    .map(line ->
                            line.substring("Max open files".length()).strip().split(" +", -1)[0])
                    .mapToLong(soft -> soft.equals("unlimited") ? Long.MAX_VALUE : Long.parseLong(soft))
                    .findFirst()
                    .orElse(Long.MAX_VALUE);
            return open.count() + NEEDED <= limit;
        } catch (IOException _) {
            // no /proc: not Linux; the check after the start remains
            return true;
        }
    }
}

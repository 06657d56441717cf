package dev.agentctl.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoleLockTest {
    @TempDir
    Path temporary;

    /// As after a reboot, when the number belongs to somebody else.
    @Test
    void theNumberOfAStrangerKeepsNobodyOutAndNobodyIsSignalled() throws IOException {
        Process stranger = new ProcessBuilder("sleep", "1000").start();
        try {
            Path file = temporary.resolve("host.lock");
            Files.writeString(file, Long.toString(stranger.pid()));
            assertThat(RoleLock.holder(file)).isEqualTo(Long.toString(stranger.pid()));
            try (RoleLock _ = RoleLock.take(file).orElseThrow()) {
                assertThat(RoleLock.holder(file))
                        .isEqualTo(Long.toString(ProcessHandle.current().pid()));
            }
            assertThat(stranger.isAlive()).isTrue();
        } finally {
            stranger.destroyForcibly();
        }
    }

    /// A file that nobody can reach is closed by the collector, and the lock would go with it.
    @Test
    void whoForgetsItHoldsIt() throws IOException {
        Path file = temporary.resolve("host.lock");
        assertThat(RoleLock.take(file)).isPresent();
        for (int i = 0; i < 30; i++) {
            System.gc();
            assertThat(RoleLock.descriptor(file)).isNotNegative();
        }
    }
}

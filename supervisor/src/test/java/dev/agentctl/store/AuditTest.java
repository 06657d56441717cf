package dev.agentctl.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AuditTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    @TempDir
    Path folder;

    @Test
    void entriesSurviveReopeningNewestFirst() {
        Path file = folder.resolve("state.db");
        try (Database database = Database.open(file)) {
            Audit audit = new Audit(database, InstantSource.fixed(NOW));
            audit.record("telegram", "42", "message", "refused: unknown user");
            audit.record("telegram", "7", "/stop project-a", "stopped");
        }
        try (Database database = Database.open(file)) {
            assertThat(new Audit(database, InstantSource.fixed(NOW)).list(10))
                    .containsExactly(
                            new Audit.Entry(NOW, "telegram", "7", "/stop project-a", "stopped"),
                            new Audit.Entry(NOW, "telegram", "42", "message", "refused: unknown user"));
        }
    }

    @Test
    void longActionsAreCut() {
        try (Database database = Database.open(folder.resolve("state.db"))) {
            Audit audit = new Audit(database, InstantSource.fixed(NOW));
            audit.record("telegram", "42", "x".repeat(100_000), "refused");
            assertThat(audit.list(1).getFirst().action()).hasSize(500).endsWith("…");
        }
    }
}

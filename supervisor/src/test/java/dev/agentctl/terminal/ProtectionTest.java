package dev.agentctl.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Cells protected by DECSCA are spared by the selective erasures only, cells protected by SPA by all.
final class ProtectionTest {
    private static final String DEC = "a^[[1\"qb^[[0\"qc";
    private static final String ISO = "a^[Vb^[Wc";

    @ParameterizedTest
    @CsvSource({
        "^[[?2J, .b",
        "^[[?J^[[?1J, .b",
        "^[[?2K, .b",
        "^[[2J, ''",
        "^[[2K, ''",
        "^[[H^[[3X, ''",
        "^[[1;1;1;3${, .b",
        "^[[1;1;1;3$z, ''",
        "^[[!p^[[?2J, .b"
    })
    void decProtectionHoldsAgainstSelectiveErasing(String sequence, String rows) {
        assertThat(Probe.of(5, 2, DEC + sequence).rows()).isEqualTo(rows);
    }

    @ParameterizedTest
    @CsvSource({"^[[2J, .b", "^[[1J^[[J, .b", "^[[2K, .b", "^[[H^[[3X, .b", "^[[1;1;1;3$z, ''"})
    void isoProtectionHoldsAgainstAllErasing(String sequence, String rows) {
        assertThat(Probe.of(5, 2, ISO + sequence).rows()).isEqualTo(rows);
        assertThat(Probe.of(5, 2, ISO).copy().feed(sequence).rows()).isEqualTo(rows);
    }
}

package dev.agentctl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class UnitStateTest {
    private static final List<UnitState> UNITS = List.of(
            new UnitState("a.service", false, Optional.of("failed"), Optional.of("enabled")),
            UnitState.notInstalled("b.service"));

    @Test
    void eachUnitHasItsLine() {
        assertThat(UnitState.text(UNITS)).isEqualTo("a.service: failed, enabled\nb.service: not installed\n");
    }

    @Test
    void theObjectHasNullWhereAUnitIsNotInstalled() {
        assertThat(UnitState.json(UNITS))
                .isEqualTo("{\"schema\":1,\"units\":[{\"name\":\"a.service\",\"active\":\"failed\","
                        + "\"enabled\":\"enabled\"},{\"name\":\"b.service\",\"active\":null,\"enabled\":null}]}");
    }
}

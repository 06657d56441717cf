package dev.agentctl.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Where each sequence takes the cursor from row 3, column 4 of an 8x5 screen.
final class CursorMovementTest {
    @ParameterizedTest
    @CsvSource({
        "^[[A, 2,4",
        "^[[0A, 2,4",
        "^[[9A, 1,4",
        "^[[2B, 5,4",
        "^[[99999B, 5,4",
        "^[[C, 3,5",
        "^[[9C, 3,8",
        "^[[2D, 3,2",
        "^[[9D, 3,1",
        "^[[E, 4,1",
        "^[[2F, 1,1",
        "^[[7G, 3,7",
        "^[[`, 3,1",
        "^[[2d, 2,4",
        "^[[9d, 5,4",
        "^[[H, 1,1",
        "^[[2;2f, 2,2",
        "^[[0;0H, 1,1",
        "^[[99;99H, 5,8",
        "^[[2a, 3,6",
        "^[[2e, 5,4",
        "^[[2j, 3,4",
        "^[[2k, 3,4",
        "^H, 3,3",
        "^[D, 4,4",
        "^[E, 4,1",
        "^[M, 2,4",
        "^[6, 3,3",
        "^[9, 3,5",
        "^[7^[[H^[8, 3,4",
        "^[[s^[[H^[[u, 3,4",
        "^[[?1048h^[[H^[[?1048l, 3,4",
        "^[[2;4r^[[3;1H^[[9A, 2,1",
        "^[[2;4r^[[9A, 1,1",
        "^[[2;4r^[[3;1H^[[9B, 4,1",
        "^[[2;4r^[[5;1H^[[9B, 5,1",
        "^[[2;4r^[[?6h, 2,1",
        "^[[2;4r^[[?6h^[[9;2H, 4,2",
        "^[[2;4r^[[?6h^[[2d, 3,1",
        "^[[4;2r, 3,4",
        "^[[3;3r, 3,4",
        "^[[?45h^[[1G^H, 2,8",
        "^[[?1045h^[[1G^H, 2,8",
        "^[[?45h^[[3;1H^[[2D, 2,7",
        "^[[?45h^[[H^H, 5,8",
        "^[[?45h^[[?7l^[[1G^H, 3,1",
        "^[[?45hwxyzv^H, 3,8",
        "wxyzv^H, 3,7",
        "^[[I, 3,8",
        "^[[Z, 3,1",
        "^[H^[[H^[[I, 1,4",
        "^[H^[[g^[[H^[[I, 1,8",
        "^[H^[[3g^[[8G^[[Z, 3,1",
        "^[H^[[?5W^[[H^[[I, 1,8",
        "^[H^[[?4W^[[H^[[I, 1,4",
        "^[[?41hwxyzv^[[I, 4,8",
        "^[[20h^J, 4,1"
    })
    void theCursorGoesWhereTheStandardsSay(String sequence, int row, int column) {
        Probe probe = Probe.of(8, 5, "^[[3;4H").feed(sequence);
        assertThat(probe.cursor()).isEqualTo(row + "," + column);
    }
}

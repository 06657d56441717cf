package dev.agentctl.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// DECLRMM and DECSLRM: what the columns 3 to 6 of an 8x4 screen do to each sequence. The region also has rows 2 to 3
/// where the table says so.
final class SideMarginsTest {
    private static final String FILLED = "abcdefgh\r\nijklmnop\r\nqrstuvwx\r\nyz012345";
    private static final String SIDES = "^[[?69h^[[3;6s";
    private static final String BOX = SIDES + "^[[2;3r";

    @ParameterizedTest
    @CsvSource({
        "^[[3;4H^[D,      abcdefgh/ijstuvop/qr....wx/yz012345, 3,4",
        "^[[3;8H^[D,      abcdefgh/ijklmnop/qrstuvwx/yz012345, 3,8",
        "^[[2;4H^[M,      abcdefgh/ij....op/qrklmnwx/yz012345, 2,4",
        "^[[2;1H^[M,      abcdefgh/ijklmnop/qrstuvwx/yz012345, 2,1",
        "^[[S,            abcdefgh/ijstuvop/qr....wx/yz012345, 1,1",
        "^[[9T,           abcdefgh/ij....op/qr....wx/yz012345, 1,1",
        "^[[2;5H^[[L,     abcdefgh/ij....op/qrklmnwx/yz012345, 2,3",
        "^[[2;5H^[[M,     abcdefgh/ijstuvop/qr....wx/yz012345, 2,3",
        "^[[2;8H^[[M,     abcdefgh/ijklmnop/qrstuvwx/yz012345, 2,8",
        "^[[2;4H^[[@,     abcdefgh/ijk.lmop/qrstuvwx/yz012345, 2,4",
        "^[[2;4H^[[9P,    abcdefgh/ijk...op/qrstuvwx/yz012345, 2,4",
        "^[[2;7H^[[P,     abcdefgh/ijklmnop/qrstuvwx/yz012345, 2,7",
        "^[[2;4H^[['},    abcdefgh/ijk.lmop/qrs.tuwx/yz012345, 2,4",
        "^[[2;4H^[['~,    abcdefgh/ijkmn.op/qrsuv.wx/yz012345, 2,4",
        "^[[2;4H^[[ @,    abcdefgh/ijlmn.op/qrtuv.wx/yz012345, 2,4",
        "^[[2;4H^[[ A,    abcdefgh/ij.klmop/qr.stuwx/yz012345, 2,4",
        "^[[2;6H^[9,      abcdefgh/ijlmn.op/qrtuv.wx/yz012345, 2,6",
        "^[[2;3H^[6,      abcdefgh/ij.klmop/qr.stuwx/yz012345, 2,3",
        "^[[2;7H^[9,      abcdefgh/ijklmnop/qrstuvwx/yz012345, 2,8",
        "^[[2;4H^[[X^[[K, abcdefgh/ijk/qrstuvwx/yz012345,      2,4",
        "^[[?6h^[[J,      abcdefgh/ij/,                        2,3"
    })
    void scrollingAndShiftingStayBetweenTheMargins(String sequence, String rows, int row, int column) {
        Probe probe = Probe.of(8, 4, FILLED + BOX + "^[[H").feed(sequence);
        assertThat(probe.rows()).isEqualTo(rows.replaceAll("/$", ""));
        assertThat(probe.cursor()).isEqualTo(row + "," + column);
    }

    @ParameterizedTest
    @CsvSource({
        "^[[1;5Hxyz,      ....xy/..z,       2,4",
        "^[[1;1Hxxxxxxyz, xxxxxx/..yz,      2,5",
        "^[[1;7Hxyz,      ......xy/..z,     2,4",
        "^[[1;6H漢,       /..漢,             2,5",
        "^[[1;5H^[[20C,   '',               1,6",
        "^[[1;7H^[[20C,   '',               1,8",
        "^[[1;5H^[[20D,   '',               1,3",
        "^[[1;2H^[[20D,   '',               1,1",
        "^[[1;5H^H^H^H^H, '',               1,3",
        "^[[1;4H^[[9I,    '',               1,6",
        "^[[1;7H^[[9I,    '',               1,8",
        "^[[1;5H^[E,      '',               2,3",
        "^[[1;2H^[E,      '',               2,1",
        "^[[?6h^[[1;2Hx,  ...x,             1,5",
        "^[[?6h^[[9;9H,   '',               4,6",
        "^[[?6h^[[2G,     '',               1,4",
        "^[[2;5Hx^[[s,    /....x,           1,1",
        "^[[6;3s^[[2;2H,  '',               2,2",
        "^[[1;6Hx^[[?69ly, .....y,         1,7"
    })
    void printingAndMovingRespectTheMargins(String sequence, String rows, int row, int column) {
        Probe probe = Probe.of(8, 4, SIDES).feed(sequence);
        assertThat(probe.rows()).isEqualTo(rows);
        assertThat(probe.cursor()).isEqualTo(row + "," + column);
    }

    @Test
    void withoutTheModeTheSequenceSavesTheCursor() {
        assertThat(Probe.of(8, 4, "^[[2;3H^[[3;6s^[[H^[[u").cursor()).isEqualTo("2,3");
    }

    @Test
    void nothingEntersTheHistoryFromANarrowRegion() {
        Probe probe = Probe.of(8, 4, FILLED + SIDES + "^[[4;4H\n\n\n");
        assertThat(probe.terminal().historySize()).isZero();
    }

    @Test
    void insertModePushesCharactersToTheMarginOnly() {
        assertThat(Probe.of(8, 4, FILLED + SIDES + "^[[4h^[[1;4HXY").rows()).startsWith("abcXYdgh/");
    }

    @Test
    void aResizeMakesTheWholeScreenTheRegion() {
        Probe probe = Probe.of(8, 4, BOX);
        probe.terminal().resize(9, 4);
        assertThat(probe.reply("^[P$qs^\\^[P$qr^\\")).isEqualTo("^[P1$r1;9s^\\^[P1$r1;4r^\\");
    }

    @Test
    void aRedrawKeepsTheMargins() {
        Probe copy = Probe.of(8, 4, FILLED + BOX + "^[[?6h^[[2;4Hx").copy();
        assertThat(copy.cursor()).isEqualTo("3,6");
        assertThat(copy.reply("^[P$qs^\\^[P$qr^\\")).isEqualTo("^[P1$r3;6s^\\^[P1$r2;3r^\\");
        assertThat(copy.feed("y").rows()).isEqualTo("abcdefgh/ijstuxop/qry...wx/yz012345");
    }
}

package dev.agentctl.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RectanglesTest {
    private static final String FILLED = "abcd\r\nefgh\r\nijkl\r\nmnop^[[H";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "copy             | ^[[1;1;2;2;1;3;3$v            | abcd/efgh/ijab/mnef",
                "copy, overlap up | ^[[2;1;4;4;1;1;1$v            | efgh/ijkl/mnop/mnop",
                "copy, down       | ^[[1;1;3;4;1;2;1$v            | abcd/abcd/efgh/ijkl",
                "copy, clipped    | ^[[1;1;4;4;1;4;4$v            | abcd/efgh/ijkl/mnoa",
                "copy, by default | ^[[;;;;;2;2$v                 | abcd/eabc/iefg/mijk",
                "copy, inside out | ^[[3;3;1;1;1;1;1$v            | abcd/efgh/ijkl/mnop",
                "fill             | ^[[42;2;2;3;3$x               | abcd/e**h/i**l/mnop",
                "fill, no letter  | ^[[7;2;2;3;3$x                | abcd/efgh/ijkl/mnop",
                "erase            | ^[[2;2;3;3$z                  | abcd/e..h/i..l/mnop",
                "erase, all       | ^[[$z                         | ",
                "erase, too large | ^[[4;4;99;99$z                | abcd/efgh/ijkl/mno",
                "in origin mode   | ^[[2;3r^[[?6h^[[1;2;9;9$z     | abcd/e/i/mnop",
                "erase, selective | ^[[2;1H^[[1\"qXY^[[2;1;3;4${  | abcd/XY//mnop",
            })
    void theCellsOfTheRectangleChange(String name, String sequence, String rows) {
        assertThat(Probe.of(4, 4, FILLED + sequence).rows()).as(name).isEqualTo(rows == null ? "" : rows);
    }

    @Test
    void wideCharactersCutByTheEdgeBecomeBlanks() {
        assertThat(Probe.of(6, 2, "漢字x\r\n^[[1;2;1;3;1;2;1$v").rows()).isEqualTo("漢字x");
        assertThat(Probe.of(6, 2, "漢字x^[[1;3;1;4;1;2;2$v").rows()).isEqualTo("漢字x/.字");
        assertThat(Probe.of(6, 2, "漢字x^[[42;1;2;1;2$x").rows()).isEqualTo(".*字x");
    }

    @Test
    void attributesAreSetInARunOfTextOrInARectangle() {
        Probe run = Probe.of(4, 3, "abcd\r\nefgh\r\nijkl^[[1;2;3;3;1;34$r");
        assertThat(run.cell(1, 3).attributes()).containsExactly(Cell.Attribute.BOLD);
        assertThat(run.cell(1, 0).foreground()).isEqualTo(new Colour.Indexed(4));
        assertThat(run.cell(2, 3).attributes()).isEmpty();
        Probe rectangle = Probe.of(4, 3, "abcd\r\nefgh\r\nijkl^[[2*x^[[1;2;3;2;7$r");
        assertThat(rectangle.cell(2, 1).attributes()).containsExactly(Cell.Attribute.INVERSE);
        assertThat(rectangle.cell(1, 2).attributes()).isEmpty();
    }

    @Test
    void attributesAreReversed() {
        Probe probe = Probe.of(4, 1, "^[[1ma^[[m^[[4mb^[[m^[[2*x^[[1;1;1;2;1;4$t");
        assertThat(probe.cell(0, 0).attributes()).containsExactly(Cell.Attribute.UNDERLINE);
        assertThat(probe.cell(0, 1).attributes()).containsExactly(Cell.Attribute.BOLD);
    }

    @Test
    void theChecksumCountsCharactersAndAttributes() {
        // 'a' is 0x61, 'b' 0x62, a blank 0x20; bold adds 0x80. The sum is negated.
        assertThat(Probe.of(4, 2, "a^[[1mb").reply("^[[7;1;1;1;1;1*y")).isEqualTo("^[P7!~FF9F^\\");
        assertThat(Probe.of(4, 2, "a^[[1mb").reply("^[[8;1;1;1;1;3*y")).isEqualTo("^[P8!~FE9D^\\");
        assertThat(Probe.of(4, 2, "").reply("^[[9;1;2;2;2;2*y")).isEqualTo("^[P9!~FFE0^\\");
    }
}

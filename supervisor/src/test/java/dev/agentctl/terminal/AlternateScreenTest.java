package dev.agentctl.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AlternateScreenTest {
    @ParameterizedTest
    @CsvSource({
        "^[[?47h,   ^[[?47l,   ^[[?47h,   x",
        "^[[?47h,   ^[[?1047l, ^[[?47h,   ''",
        "^[[?1047h, ^[[?1047l, ^[[?1047h, ''",
        "^[[?1047h, ^[[?47l,   ^[[?1047h, x",
        "^[[?47h,   ^[[?47l,   ^[[?1049h, ''",
        "^[[?1049h, ^[[?1049l, ^[[?47h,   ''"
    })
    void onlyTheOldModeKeepsWhatWasDrawn(String enter, String leave, String again, String rows) {
        String output = enter + "^[[Hx" + leave;
        assertThat(Probe.of(5, 2, output + again).rows()).isEqualTo(rows);
        assertThat(Probe.of(5, 2, output).copy().feed(again).rows()).isEqualTo(rows);
    }

    @Test
    void eachScreenHasItsSavedCursorAndItsKeyboard() {
        String output = "^[[2;2H^[7^[[>1u^[[?47h^[[3;3H^[7^[[>5u^[[?47l";
        for (Probe probe :
                new Probe[] {Probe.of(5, 4, output), Probe.of(5, 4, output).copy()}) {
            assertThat(probe.reply("^[[?u^[8^[[6n")).isEqualTo("^[[?1u^[[2;2R");
            assertThat(probe.reply("^[[?47h^[[?u^[8^[[6n")).isEqualTo("^[[?5u^[[3;3R");
        }
    }

    @Test
    void theSavedCursorOutlivesAVisitToTheMainScreen() {
        Probe probe = Probe.of(9, 4, "^[[3;4H^[[?1049h^[7^[[?1049l^[[H^[[?1049h^[8");
        assertThat(probe.cursor()).isEqualTo("3,4");
    }

    @Test
    void aSecondEntryKeepsTheFirstOnesCursor() {
        Probe probe = Probe.of(9, 3, "main^[[?1049h^[[3;1Hxy^[[?1049h^[[?1049l!");
        assertThat(probe.rows()).isEqualTo("main!");
    }

    @Test
    void enteringClearsInTheColourOfThePen() {
        Probe probe = Probe.of(3, 2, "^[[44m^[[?1049h");
        assertThat(probe.cell(1, 1).background()).isEqualTo(new Colour.Indexed(4));
    }

    @Test
    void theHiddenScreenIsCroppedAtAResize() {
        Probe probe = Probe.of(6, 3, "^[[?47h^[[Habcdef\r\nx^[[?47l");
        probe.terminal().resize(4, 2);
        assertThat(probe.feed("^[[?47h").rows()).isEqualTo("abcd/x");
    }
}

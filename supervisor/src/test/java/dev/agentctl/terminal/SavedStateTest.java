package dev.agentctl.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Stacks and memories a program may leave its settings in; each must survive a redraw.
final class SavedStateTest {
    @ParameterizedTest
    @CsvSource({
        "^[[?7l^[[?7s^[[?7h, ^[[?7r, ?7, 2",
        "^[[?7s^[[?7l,       ^[[?7r, ?7, 1",
        "^[[?1000h^[[?1000s^[[?1000l, ^[[?1000r, ?1000, 1",
        "^[[?1002h^[[?1000;1002s^[[?1000h, ^[[?1002r, ?1002, 1",
        "^[[?2004h^[[?1;2004s^[[?1h^[[?2004l, ^[[?1;2004r, ?2004, 1",
        "^[[?25l, ^[[?25r, ?25, 2"
    })
    void privateModesAreSavedAndRestored(String before, String restore, String mode, int status) {
        String wanted = "^[[" + mode + ";" + status + "$y";
        assertThat(Probe.of(9, 2, before + restore).reply("^[[" + mode + "$p")).isEqualTo(wanted);
        assertThat(Probe.of(9, 2, before).copy().feed(restore).reply("^[[" + mode + "$p"))
                .isEqualTo(wanted);
    }

    @ParameterizedTest
    @CsvSource({
        "^[[1;31m^[[#{^[[0;4;44m, ^[[#}, 0;1;31m",
        "^[[1;31m^[[1#{^[[0;4;44m, ^[[#}, 0;1;4;44m",
        "^[[1;31m^[[30#{^[[0;4;44m, ^[[#}, 0;4;31;44m",
        "^[[58:5:9m^[[#p^[[m, ^[[#q, 0;58:5:9m",
        "^[[1m^[[#{^[[m^[[3m^[[#{^[[m, ^[[#}^[[#}, 0;1m",
        "^[[4m, ^[[#}, 0;4m"
    })
    void pensArePushedAndPopped(String before, String pop, String pen) {
        String wanted = "^[P1$r" + pen + "^\\";
        assertThat(Probe.of(9, 2, before + pop).reply("^[P$qm^\\")).isEqualTo(wanted);
        assertThat(Probe.of(9, 2, before).copy().feed(pop).reply("^[P$qm^\\")).isEqualTo(wanted);
    }

    @Test
    void theStackOfPensIsBounded() {
        Probe probe = Probe.of(9, 2, "^[[#{".repeat(10_000));
        assertThat(probe.terminal().redraw(0).length).isLessThan(500);
    }

    @ParameterizedTest
    @CsvSource({
        "^[]4;1;#102030;200;rgb:ff/0/80^G, ^[]4;1;?;200;?^G, ^[]4;1;rgb:1010/2020/3030^\\^[]4;200;rgb:ffff/0000/8080^\\",
        "^[]4;1;#123^G, ^[]4;1;?^G, ^[]4;1;rgb:1010/2020/3030^\\",
        "^[]4;1;#100200300^G, ^[]4;1;?^G, ^[]4;1;rgb:1010/2020/3030^\\",
        "^[]4;1;#fedc56781234^G, ^[]4;1;?^G, ^[]4;1;rgb:fefe/5656/1212^\\",
        "^[]4;1;rgb:f/fff/8000^G, ^[]4;1;?^G, ^[]4;1;rgb:ffff/ffff/8080^\\",
        "^[]4;1;red^G^[]104;1^G, ^[]4;1;?^G, ^[]4;1;rgb:cccc/5555/5555^\\",
        "^[]4;1;red;2;red^G^[]104^G, ^[]4;2;?^G, ^[]4;2;rgb:5555/aaaa/5555^\\",
        "^[]4;1;nonsense;257;red;999;red^G, ^[]4;1;?^G, ^[]4;1;rgb:cccc/5555/5555^\\",
        "^[]5;1;red^G, ^[]5;1;?^G, ^[]5;1;rgb:ffff/0000/0000^\\",
        "^[]5;1;red^G^[]105;1^G, ^[]5;1;?^G, ^[]5;1;rgb:d8d8/d8d8/d8d8^\\",
        "^[]10;red;white^G, ^[]10;?;?^G, ^[]10;rgb:ffff/0000/0000^\\^[]11;rgb:ffff/ffff/ffff^\\",
        "^[]11;white^G, ^[[?996n, ^[[?997;2n",
        "^[]11;white^G^[]111^G, ^[[?996n, ^[[?997;1n",
        "^[]12;blue^G^[]112^G, ^[]12;?^G, ^[]12;rgb:d8d8/d8d8/d8d8^\\",
        "^[]17;blue^G, ^[]17;?^G, ^[]17;rgb:0000/0000/ffff^\\"
    })
    void coloursAreChangedAndReset(String before, String question, String answer) {
        assertThat(Probe.of(9, 2, before).reply(question)).isEqualTo(answer);
        assertThat(Probe.of(9, 2, before).copy().reply(question)).isEqualTo(answer);
    }

    @Test
    void anOverlongCommandStaysDroppedInACopy() {
        Probe probe = Probe.of(9, 2, "^[]2;" + "x".repeat(70_000));
        Probe copy = probe.copy().feed("yyy");
        assertThat(copy.terminal().redraw(0)).isEqualTo(probe.terminal().redraw(0));
        assertThat(copy.feed("^Gend").terminal().title()).isEmpty();
        assertThat(copy.terminal().screen().lines().getFirst()).isEqualTo("end");
    }

    @Test
    void aFullResetForgetsAll() {
        Probe probe = Probe.of(9, 2, "^[]4;1;red^G^[[1m^[[#{^[[?7l^[[?7s^[[?47h^[[>1u^[[2;2H^[7x^[V^[c");
        Probe fresh = new Probe(9, 2);
        assertThat(probe.terminal().redraw(0)).isEqualTo(fresh.terminal().redraw(0));
    }
}

package dev.agentctl.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a 20x5 terminal answers; see also the questions in [TerminalTest].
final class AnswersTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '→',
            value = {
                "^[[=c → ^[P!|00000000^\\",
                "^[[?15n → ^[[?13n",
                "^[[?25n → ^[[?20n",
                "^[[?26n → ^[[?27;0;0;0n",
                "^[[?55n → ^[[?50n",
                "^[[?56n → ^[[?57;0n",
                "^[[?62n → ^[[0*{",
                "^[[?63;12n → ^[P12!~0000^\\",
                "^[[?75n → ^[[?70n",
                "^[[?85n → ^[[?83n",
                "^[[11t → ^[[1t",
                "^[[13t → ^[[3;0;0t",
                "^[[14t → ^[[4;100;200t",
                "^[[15t → ^[[5;100;200t",
                "^[[16t → ^[[6;20;10t",
                "^[[18t → ^[[8;5;20t",
                "^[[19t → ^[[9;5;20t",
                "^[[?4m → ^[[>4;0m",
                "^[[>4;2m^[[?4m → ^[[>4;2m",
                "^[[>4;1m^[[>4n^[[?4m → ^[[>4;0m",
                "^[P$qr^\\ → ^[P1$r1;5r^\\",
                "^[P$qs^\\ → ^[P1$r1;20s^\\",
                "^[P$qt^\\ → ^[P1$r5t^\\",
                "^[P$q*|^\\ → ^[P1$r5*|^\\",
                "^[P$q$|^\\ → ^[P1$r20$|^\\",
                "^[P$q*x^\\ → ^[P1$r0*x^\\",
                "^[P$q\"p^\\ → ^[P1$r64;1\"p^\\",
                "^[P$q q^\\ → ^[P1$r0 q^\\",
                "^[P+q436f^\\ → ^[P1+r436f=323536^\\",
                "^[P+q5463;7878^\\ → ^[P1+r5463^\\^[P0+r^\\",
                "^[P+qzz^\\ → ^[P0+r^\\",
                "^[[1;35;48;5;200m^[P$qm^\\ → ^[P1$r0;1;35;48:5:200m^\\",
                "^[[48:2:1:2:3m^[P$qm^\\ → ^[P1$r0;48:2::1:2:3m^\\",
                "^[]4;7;rgbi:1/0.5/0^\\^[]4;7;?^\\ → ^[]4;7;rgb:ffff/bcbc/0000^\\",
                "^[]4;7;rgbi:2/0/0^\\^[]4;7;?^\\ → ^[]4;7;rgb:c8c8/c8c8/c8c8^\\",
                "^[]4;7;rgbi:nan/0/0^\\^[]4;7;?^\\ → ^[]4;7;rgb:c8c8/c8c8/c8c8^\\",
                "^[[?2027$p → ^[[?2027;3$y",
                "^[[12$p → ^[[12;3$y",
                "^[[2$p → ^[[2;4$y",
                "^[[99$p → ^[[99;0$y",
                "^[[?42$p → ^[[?42;4$y",
                "^[[?1002h^[[?1002$p → ^[[?1002;1$y",
                "^[[?1049$p → ^[[?1049;2$y",
            })
    void questionsOfAllKindsAreAnswered(String question, String answer) {
        assertThat(new Probe(20, 5).reply(question)).isEqualTo(answer);
    }

    @Test
    void titlesAreNotReadBack() {
        // What a program puts into the title must not come back as if it had been typed.
        assertThat(Probe.of(20, 5, "^[]0;rm -rf x^G").reply("^[[20t^[[21t")).isEqualTo("^[]L^\\^[]l^\\");
    }

    @Test
    void theStackOfTitlesIsOfWindowTitles() {
        Probe probe = Probe.of(20, 5, "^[]2;a^G^[[22t^[]2;b^G^[[22;1t^[]2;c^G^[[23;1t");
        assertThat(probe.terminal().title()).isEqualTo("c");
        assertThat(probe.feed("^[[23;2t").terminal().title()).isEqualTo("a");
    }
}

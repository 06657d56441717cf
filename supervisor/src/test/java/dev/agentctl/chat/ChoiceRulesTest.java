package dev.agentctl.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentctl.agent.Decision;
import dev.agentctl.agent.Dialog;
import dev.agentctl.agent.Dialog.Asked;
import dev.agentctl.agent.Dialog.Matter;
import dev.agentctl.agent.Dialog.Option;
import dev.agentctl.chat.ChoiceRules.Judged;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChoiceRulesTest {
    private static final Asked COLOUR =
            new Asked("Which?", List.of(new Option("Red", ""), new Option("Blue", "")), false);
    private static final Asked FRUITS =
            new Asked("Which?", List.of(new Option("Fig", ""), new Option("Kiwi", "")), true);
    private static final Dialog ONE = dialog(new Matter.Questions(List.of(COLOUR)));
    private static final Dialog TWO = dialog(new Matter.Questions(List.of(COLOUR, FRUITS)));
    private static final Dialog APPROVAL = dialog(new Matter.Approval("Bash", List.of(), List.of("x", "y")));

    private static Dialog dialog(Matter matter) {
        return new Dialog("t", "u", matter);
    }

    @ParameterizedTest
    @CsvSource({"2,Blue", "3,3", "'a dark 2','a dark 2'", "'1 2','1 2'", "0,0"})
    void aSingleQuestionTakesANumberOrWords(String text, String answer) {
        assertThat(ChoiceRules.judge(ONE, "k", new Choice.Answer(text)))
                .isEqualTo(new Judged.Fits(new Decision.Answer(List.of(answer))));
    }

    @Test
    void severalQuestionsTakeAnAnswerEach() {
        assertThat(ChoiceRules.judge(TWO, "k", new Choice.Answer("2; 1, 2")))
                .isEqualTo(new Judged.Fits(new Decision.Answer(List.of("Blue", "Fig, Kiwi"))));
        assertThat(ChoiceRules.judge(TWO, "k", new Choice.Answer("2"))).isInstanceOf(Judged.Unfit.class);
        assertThat(ChoiceRules.judge(TWO, "k", new Choice.Answer("2;"))).isInstanceOf(Judged.Unfit.class);
    }

    @Test
    void aQuestionIsNotAllowedAndAnApprovalNotAnswered() {
        assertThat(ChoiceRules.judge(ONE, "k", new Choice.Allow())).isInstanceOf(Judged.Unfit.class);
        assertThat(ChoiceRules.judge(APPROVAL, "k", new Choice.Answer("yes"))).isInstanceOf(Judged.Unfit.class);
    }

    @Test
    void onlyWhatTheAgentOffersCanBeAlwaysAllowed() {
        assertThat(ChoiceRules.judge(APPROVAL, "k", new Choice.Always(2)))
                .isEqualTo(new Judged.Fits(new Decision.Always(1)));
        assertThat(ChoiceRules.judge(APPROVAL, "k", new Choice.Always(3))).isInstanceOf(Judged.Unfit.class);
        assertThat(ChoiceRules.judge(ONE, "k", new Choice.Always(1))).isInstanceOf(Judged.Unfit.class);
    }

    @Test
    void aDecisionSurvivesBeingWritten() {
        for (Decision decision : List.of(
                new Decision.Allow(),
                new Decision.Always(3),
                new Decision.Deny("because\nof that"),
                new Decision.Answer(List.of("a\nb", "c")))) {
            assertThat(Choice.read(Choice.write(decision))).isEqualTo(decision);
        }
    }
}

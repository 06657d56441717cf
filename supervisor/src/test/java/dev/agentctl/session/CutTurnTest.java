package dev.agentctl.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentctl.project.OnCrash;
import dev.agentctl.session.CutTurn.Words;
import dev.agentctl.session.Message.Stage;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CutTurnTest {
    private static final String BEGINNING =
            "[agentctl] Your process ended (exit status 1) in the middle of your work, and the supervisor has"
                    + " restarted you in the same conversation. ";

    private static CutTurn cut(Optional<String> tool, String last, boolean unwritten, boolean latest) {
        Message message = new Message(1, "a", last, Optional.empty(), Stage.ACCEPTED);
        return new CutTurn("exit status 1", tool, Optional.of(message), unwritten, latest, false);
    }

    private static CutTurn cut(String last) {
        return cut(Optional.empty(), last, false, true);
    }

    @Test
    void continueSaysWhatHappenedAndWhatMayBeMissing() {
        assertThat(cut(Optional.of("Bash make"), "build it", true, true).words(OnCrash.CONTINUE))
                .isEqualTo(new Words(
                        Optional.of(BEGINNING
                                + "The tool call \"Bash make\" was running; it may or may not have finished, so check"
                                + " before you repeat it. Go on with what you were doing.\n\nThe last message to you may"
                                + " be missing from your history. It was:\n\nbuild it"),
                        Optional.empty()));
    }

    @Test
    void whatWasNeverWrittenDownBeginsANewConversation() {
        Message message = new Message(1, "a", "build it", Optional.empty(), Stage.ACCEPTED);
        CutTurn cut = new CutTurn("signal 9", Optional.empty(), Optional.of(message), true, true, true);
        assertThat(cut.words(OnCrash.CONTINUE).agent().orElseThrow())
                .contains("restarted you in a new conversation")
                .endsWith("It was:\n\nbuild it");
    }

    @Test
    void idleTellsOnlyTheOperators() {
        assertThat(cut(Optional.of("Bash make"), "build it", true, true).words(OnCrash.IDLE))
                .isEqualTo(
                        new Words(Optional.empty(), Optional.of(new Effect.Notice.LeftIdle(Optional.of("Bash make")))));
    }

    @Test
    void rerunSaysTheMessageAgainAndThatItIsARepeat() {
        Words words = cut("build it").words(OnCrash.RERUN);
        assertThat(words.agent())
                .contains(
                        BEGINNING
                                + "Part of your work may be done already. This is the message again that you were at:\n\nbuild it");
        assertThat(words.operators()).contains(new Effect.Notice.Repeated("build it"));
    }

    @Test
    void aRepeatThatIsCutShortTooIsRepeatedOnceAndNotWrapped() {
        String repeat = cut("build it").words(OnCrash.RERUN).agent().orElseThrow();
        assertThat(cut(repeat).words(OnCrash.RERUN)).isEqualTo(cut("build it").words(OnCrash.RERUN));
    }

    @Test
    void whatIsNotWhatTheTurnWasAboutIsNotRepeated() {
        CutTurn older = cut(Optional.empty(), "build it", false, false);
        assertThat(older.words(OnCrash.RERUN)).isEqualTo(older.words(OnCrash.CONTINUE));
        String notice = cut("build it").words(OnCrash.CONTINUE).agent().orElseThrow();
        assertThat(cut(notice).words(OnCrash.RERUN)).isEqualTo(cut(notice).words(OnCrash.CONTINUE));
        CutTurn none = new CutTurn("exit status 1", Optional.empty(), Optional.empty(), false, true, false);
        assertThat(none.words(OnCrash.RERUN)).isEqualTo(none.words(OnCrash.CONTINUE));
    }
}

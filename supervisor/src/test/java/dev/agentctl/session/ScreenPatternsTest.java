package dev.agentctl.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentctl.agent.AgentEvent.ScreenSeen;
import dev.agentctl.agent.AgentEvent.ScreenSeen.Kind;
import dev.agentctl.project.Habits;
import dev.agentctl.terminal.Terminal;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What patterns find on real screens of our terminal.
class ScreenPatternsTest {
    private static final String HIDE_CURSOR = "\u001b[?25l";

    private static Habits habits(String ready, String busy, String dialog) {
        return new Habits(written(ready), written(busy), written(dialog), Optional.empty(), Optional.empty());
    }

    private static Optional<String> written(String pattern) {
        return Optional.of(pattern).filter(text -> !text.isEmpty());
    }

    private static Optional<ScreenSeen> read(Habits habits, String output) {
        Terminal terminal = new Terminal(80, 24, 100, _ -> {});
        byte[] bytes = output.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
        terminal.feed(bytes, 0, bytes.length);
        return new ScreenPatterns(habits).read(terminal.screen());
    }

    private static Kind kind(Habits habits, String output) {
        return read(habits, output).orElseThrow().kind();
    }

    @Test
    void aPromptIsFoundWithTheSpaceBeforeTheCursor() {
        Habits python = habits("^>>> $", "", "");
        assertThat(read(python, "hello\n>>> ")).contains(new ScreenSeen(Kind.READY, "pattern ready: >>>", ">>>"));
        assertThat(kind(python, ">>> print(1)")).isEqualTo(Kind.BUSY);
        assertThat(kind(habits("^日> $", "", ""), "日> ")).isEqualTo(Kind.READY);
    }

    @Test
    void whereNoLineIsAPromptTheProgramWorks() {
        assertThat(read(habits("^>>> $", "", ""), ""))
                .contains(new ScreenSeen(Kind.BUSY, "pattern ready: no line matches", "no line matches"));
    }

    @Test
    void aPromptAboveTheCursorWasAnswered() {
        Habits loose = habits("^>>>", "", "");
        assertThat(kind(loose, ">>> sleep(9)\n")).isEqualTo(Kind.BUSY);
        assertThat(kind(loose, ">>> sleep(9)\n>>> ")).isEqualTo(Kind.READY);
    }

    @Test
    void aProgramThatHidesTheCursorMayHaveItsPromptAnywhereBelow() {
        assertThat(kind(habits("Type your message", "", ""), HIDE_CURSOR + "> Type your message\n~/src  main\n"))
                .isEqualTo(Kind.READY);
    }

    @Test
    void aDialogOutranksWorkAndWorkOutranksThePrompt() {
        Habits all = habits("^> ", "esc to cancel", "\\[y/N\\] $");
        assertThat(kind(all, "> ")).isEqualTo(Kind.READY);
        assertThat(kind(all, "Thinking (esc to cancel)\n> ")).isEqualTo(Kind.BUSY);
        assertThat(read(all, "esc to cancel\n> \nDelete all? [y/N] "))
                .contains(new ScreenSeen(Kind.DIALOG, "pattern dialog: Delete all? [y/N]", "Delete all? [y/N]"));
        assertThat(kind(all, "Delete all? [y/N] y\ndone\n> ")).isEqualTo(Kind.READY);
    }

    @Test
    void knownByItsWorkAProgramIsReadyWhereItShowsNone() {
        Habits busy = habits("", "^Working", "");
        assertThat(read(busy, "hello\n"))
                .contains(new ScreenSeen(Kind.READY, "pattern busy: no line matches", "no line matches"));
        assertThat(kind(busy, "Working 3 s\n")).isEqualTo(Kind.BUSY);
    }

    @Test
    void knownByItsDialogsAloneItIsNotSaidToBeIdle() {
        Habits dialog = habits("", "", "Sure\\?");
        assertThat(kind(dialog, "hello\n")).isEqualTo(Kind.NOTHING);
        assertThat(kind(dialog, "Sure?")).isEqualTo(Kind.DIALOG);
    }

    @Test
    void onlyTheLowestTwentyLinesCount() {
        Habits busy = habits("", "^Working", "");
        assertThat(kind(busy, "Working\n" + "x\n".repeat(18))).isEqualTo(Kind.BUSY);
        assertThat(kind(busy, "Working\n" + "x\n".repeat(20))).isEqualTo(Kind.READY);
    }

    @Test
    void withoutPatternsAScreenTellsNothing() {
        assertThat(read(Habits.NONE, ">>> ")).isEmpty();
    }

    /// Each of these would take longer than anyone waits.
    @Test
    @Timeout(20)
    void aPatternThatTriesForeverFindsNothing() {
        String hostile = "a".repeat(70) + "!";
        for (String pattern : new String[] {"(a+)+b", "(a|a)*b", "(.*a){30}b", "^(([a-z])+.)+[A-Z]([a-z])+$"}) {
            assertThat(kind(habits(pattern, "", ""), hostile)).as(pattern).isEqualTo(Kind.BUSY);
        }
    }
}

package dev.agentctl.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

final class TerminalTest {
    private final List<TerminalEvent> events = new ArrayList<>();
    private final Terminal terminal = new Terminal(20, 5, 10, events::add);

    private void feed(String output) {
        byte[] bytes = output.getBytes(UTF_8);
        terminal.feed(bytes, 0, bytes.length);
    }

    private String reply(String question) {
        feed(question);
        return new String(terminal.drainReplies(), UTF_8);
    }

    @Test
    void textWrapsAtTheMarginAndScrollsIntoTheHistory() {
        feed("0123456789012345678901\r\n2\r\n3\r\n4\r\n5");
        assertThat(terminal.screen().lines()).containsExactly("01", "2", "3", "4", "5");
        assertThat(terminal.historyText(5)).containsExactly("01234567890123456789");
    }

    @Test
    void theAlternateScreenLeavesTheMainOneAndItsCursorAlone() {
        feed("main\u001b[?1049h\u001b[2J\u001b[Hother\r\n\n\n\n\n\n\n");
        assertThat(terminal.alternateScreen()).isTrue();
        feed("\u001b[?1049h\u001b[?1049l!");
        assertThat(terminal.screen().line(0)).isEqualTo("main!");
        assertThat(terminal.historySize()).isZero();
    }

    @Test
    void coloursInAllNotationsReachTheCells() {
        feed("\u001b[31ma\u001b[38;5;200mb\u001b[38;2;1;2;3mc\u001b[38:2::4:5:6md\u001b[1;4:3;100me\u001b[mf");
        Screen screen = terminal.screen();
        assertThat(screen.cell(0, 0).foreground()).isEqualTo(new Colour.Indexed(1));
        assertThat(screen.cell(0, 1).foreground()).isEqualTo(new Colour.Indexed(200));
        assertThat(screen.cell(0, 2).foreground()).isEqualTo(new Colour.Direct(0x010203));
        assertThat(screen.cell(0, 3).foreground()).isEqualTo(new Colour.Direct(0x040506));
        assertThat(screen.cell(0, 4).background()).isEqualTo(new Colour.Indexed(8));
        assertThat(screen.cell(0, 4).attributes())
                .containsExactlyInAnyOrder(Cell.Attribute.BOLD, Cell.Attribute.UNDERLINE);
        assertThat(screen.cell(0, 5).foreground()).isEqualTo(new Colour.Default());
    }

    @Test
    void whatWasRepeatedIsNotRepeatedAgain() {
        feed("a\u001b[2b\u001b[3b|");
        assertThat(terminal.screen().line(0)).isEqualTo("aaa|");
    }

    @Test
    void sequencesWithOtherPrefixesAreNotTheirNamesakes() {
        feed("\u001b[3;3H\u001b[s\u001b[H\u001b[>1u\u001b[>4;2m\u001b[?4m\u001b[<u\u001b[=1;1ux");
        assertThat(terminal.screen().cursorRow()).isZero();
        assertThat(terminal.screen().cell(0, 0).attributes()).isEmpty();
        assertThat(terminal.kittyKeyboardFlags()).isEqualTo(1);
    }

    @Test
    void everyQuestionIsAnswered() {
        assertThat(reply("\u001b[c")).isEqualTo("\u001b[?64;6;21;22;28c");
        assertThat(reply("\u001b[0c")).isEqualTo("\u001b[?64;6;21;22;28c");
        assertThat(reply("\u001b[>c")).isEqualTo("\u001b[>41;100;0c");
        assertThat(reply("\u001b[>0q")).startsWith("\u001bP>|agentctl ").endsWith("\u001b\\");
        assertThat(reply("\u001b[5n")).isEqualTo("\u001b[0n");
        assertThat(reply("\u001b[2;3H\u001b[6n")).isEqualTo("\u001b[2;3R");
        assertThat(reply("\u001b[?6n")).isEqualTo("\u001b[?2;3;1R");
        assertThat(reply("\u001b[?996n")).isEqualTo("\u001b[?997;1n");
        assertThat(reply("\u001b[?2026$p")).isEqualTo("\u001b[?2026;2$y");
        assertThat(reply("\u001b[?2026h\u001b[?2026$p")).isEqualTo("\u001b[?2026;1$y");
        assertThat(reply("\u001b[?31999$p")).isEqualTo("\u001b[?31999;0$y");
        assertThat(reply("\u001b[4$p")).isEqualTo("\u001b[4;2$y");
        assertThat(reply("\u001b]10;?\u0007")).isEqualTo("\u001b]10;rgb:d8d8/d8d8/d8d8\u001b\\");
        assertThat(reply("\u001b]11;?\u001b\\")).isEqualTo("\u001b]11;rgb:1010/1010/1010\u001b\\");
        assertThat(reply("\u001b]4;1;?\u0007")).isEqualTo("\u001b]4;1;rgb:cccc/5555/5555\u001b\\");
        assertThat(reply("\u001b[1;31m\u001bP$qm\u001b\\")).isEqualTo("\u001bP1$r0;1;31m\u001b\\");
        assertThat(reply("\u001bP$qz\u001b\\")).isEqualTo("\u001bP0$r\u001b\\");
        assertThat(reply("\u001b[18t")).isEqualTo("\u001b[8;5;20t");
        assertThat(reply("\u001b[>5u\u001b[?u")).isEqualTo("\u001b[?5u");
        assertThat(reply("\u001b]7501;?\u0007")).isEqualTo("\u001b]7501;?1\u001b\\");
    }

    @Test
    void repliesThatNobodyReadsAreBounded() {
        for (int i = 0; i < 10_000; i++) {
            feed("\u001b[c\u001b[6n");
        }
        assertThat(terminal.drainReplies().length).isLessThan(17_000);
    }

    @Test
    void programStatusArrivesDecoded() {
        String message = Base64.getEncoder().encodeToString("approve Bash: touch x\u001b[2J\nyes".getBytes(UTF_8));
        feed("\u001b]7501;state=blocked:app=claude-code:kind=permission:msg=" + message + "\u0007");
        feed("\u001b]7501;state=working:app=codex\u001b\\");
        feed("\u001b]7501;state=nonsense\u001b\\\u001b]7501;state=idle:msg=***\u001b\\");
        assertThat(events)
                .containsExactly(
                        new TerminalEvent.ProgramStatus(
                                "blocked", "claude-code", "permission", "approve Bash: touch x[2J yes"),
                        new TerminalEvent.ProgramStatus("working", "codex", "", ""),
                        new TerminalEvent.ProgramStatus("idle", "", "", ""));
    }

    @Test
    void titlesAndNotificationsAreCleanedAndBounded() {
        feed("\u001b]0;a\u202eb\tc\u0007\u001b]9;done\u0007\u001b]9;4;1;50\u0007\u001b]777;notify;T;B\u0007\u0007");
        feed("\u001b]133;D;3\u0007\u001b]133;A\u0007\u001b]52;c;aGk=\u0007");
        feed("\u001b]2;" + "x".repeat(5000) + "\u0007");
        assertThat(terminal.title()).hasSize(256);
        assertThat(events.subList(0, 8))
                .containsExactly(
                        new TerminalEvent.Title("ab c"),
                        new TerminalEvent.Notification("", "done"),
                        new TerminalEvent.Progress(1, 50),
                        new TerminalEvent.Notification("T", "B"),
                        new TerminalEvent.Bell(),
                        new TerminalEvent.PromptMark('D', OptionalInt.of(3)),
                        new TerminalEvent.PromptMark('A', OptionalInt.empty()),
                        new TerminalEvent.ClipboardDropped(6));
    }

    @Test
    void ansiTextKeepsColoursAndNothingElse() {
        feed("\u001b]8;;http://x\u0007\u001b[1;31mred\u001b[0m\u001b]8;;\u0007 plain\r\n\n\u001b[44mx");
        assertThat(terminal.screen().ansi()).isEqualTo("\u001b[0;1;31mred\u001b[0m plain\n\n\u001b[0;44mx\u001b[0m\n");
        assertThat(terminal.screen().text()).isEqualTo("red plain\n\nx\n");
        assertThat(terminal.screen().cell(0, 0).link()).isEqualTo("http://x");
    }

    @Test
    void modesThatTheOwnerNeedsAreKnown() {
        feed("\u001b[?2004h\u001b[?1h\u001b[?1004h\u001b[?2026h");
        assertThat(terminal.bracketedPaste()).isTrue();
        assertThat(terminal.applicationCursorKeys()).isTrue();
        assertThat(terminal.focusEvents()).isTrue();
        assertThat(terminal.synchronizedUpdate()).isTrue();
    }

    @Test
    void aRawStringTerminatorByteInsideATitleDoesNotEndIt() {
        // U+2733 and U+271C: 0x9C is the last byte of the second one.
        feed("\u001b]0;\u2733 \u271c x\u0007");
        assertThat(terminal.title()).isEqualTo("\u2733 \u271c x");
        assertThat(terminal.screen().text()).isEmpty();
    }
}

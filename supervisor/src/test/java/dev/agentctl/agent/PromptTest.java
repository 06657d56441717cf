package dev.agentctl.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PromptTest {
    @Test
    void ordinaryTextStaysAsItIs() {
        String text = "Fix it, please:\n\tif (a && b) { c(); } // ünïcode ✓ 漢字 עברית";
        assertThat(Prompt.safe(text)).isEqualTo(text);
    }

    @Test
    void anEscapeCannotEndThePaste() {
        assertThat(Prompt.safe("hello \u001b[201~\u0003\u0003")).isEqualTo("hello [201~");
        assertThat(Prompt.safe("hello \u009b201~")).isEqualTo("hello 201~");
    }

    @Test
    void noControlCharacterIsLeft() {
        StringBuilder all = new StringBuilder("a");
        for (char c = 0; c < 0xa0; c++) {
            all.append(c);
        }
        assertThat(Prompt.safe(all + "z").chars())
                .allMatch(c -> c == '\n' || c == '\t' || (c >= 0x20 && c < 0x7f))
                .contains((int) 'z');
    }

    @Test
    void carriageReturnsAreLineBreaks() {
        assertThat(Prompt.safe("a\rb\r\nc\nd")).isEqualTo("a\nb\nc\nd");
    }

    @Test
    void whatTurnsOrHidesTextIsDropped() {
        assertThat(Prompt.safe("a\u202eb\u2066c\u2069d\u200be\ufefff\u00adg\u200eh"))
                .isEqualTo("abcdefgh");
    }

    @Test
    void joinersOfEmojiAndScriptsStay() {
        String family = "\ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67";
        assertThat(Prompt.safe("see " + family)).isEqualTo("see " + family);
        assertThat(Prompt.safe("می\u200cخواهم")).isEqualTo("می\u200cخواهم");
    }

    @Test
    void halfACharacterIsDropped() {
        assertThat(Prompt.safe("a\ud83db")).isEqualTo("ab");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/exit", "!rm x", "#note", "@file", "$x", "?", "&", "/"})
    void whatWouldBeACommandGetsAWordBefore(String command) {
        assertThat(Prompt.safe(command)).isEqualTo("[operator] " + command);
        assertThat(Prompt.safe(" \n\t" + command + " ")).isEqualTo("[operator] " + command);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u00a0",
                "\u2003",
                "\u3000",
                "\u202f",
                "\u2028",
                "\u200d",
                "\u200c",
                "\ufeff",
                "\u200b",
                "\u0085",
                "\u2800",
                "\u3164",
                "\u115f",
                "\ufe0f",
                "\u0301",
                "\u00a0\u200d "
            })
    void nothingInvisibleHidesACommand(String before) {
        // agents trim more than Java does: a no-break space is white space to JavaScript
        assertThat(Prompt.safe(before + "/exit")).startsWith("[operator] ").endsWith("/exit");
    }

    @Test
    void aSignInTheMiddleIsNoCommand() {
        assertThat(Prompt.safe("a/b !c\n!d")).isEqualTo("a/b !c\n!d");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n\t", "\u001b\u0007", "\u200b"})
    void nothingToTypeIsEmpty(String text) {
        assertThat(Prompt.safe(text)).isEmpty();
    }

    @Test
    void whatIsSafeStaysTheSame() {
        Random random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int j = random.nextInt(12); j >= 0; j--) {
                text.append((char) (random.nextBoolean() ? random.nextInt(0x250) : random.nextInt(0x10000)));
            }
            String safe = Prompt.safe(text.toString());
            assertThat(Prompt.safe(safe)).isEqualTo(safe);
            assertThat(safe).doesNotContain("\u001b", "\r", "\u009b");
        }
    }

    @Test
    void aReportedPromptIsKnownThroughItsWhiteSpace() {
        assertThat(Prompt.contains("  Fix\n  it now ", "Fix it\nnow")).isTrue();
        assertThat(Prompt.contains("Fix it", "Fix that")).isFalse();
    }
}

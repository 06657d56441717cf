package dev.agentctl.agent;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KeystrokesTest {
    private static final Keystrokes NEXT = Keystrokes.paste("next");

    private static int emptying(Keystrokes keys) {
        int count = 0;
        while (keys.text()[count] == (count % 2 == 0 ? 0x15 : 0x7F)) {
            count++;
        }
        return count / 2;
    }

    @Test
    void aComposerIsEmptiedOfAllLinesThatStandInIt() {
        assertThat(emptying(NEXT)).isEqualTo(20);
        assertThat(emptying(NEXT.over("one line"))).isEqualTo(22);
        assertThat(emptying(NEXT.over("a line\n".repeat(30)))).isEqualTo(80);
    }

    @Test
    void aTextThatIsFoldedTakesNoMoreKeysThanOneLine() {
        assertThat(emptying(NEXT.over("some words and a line\n".repeat(400)))).isEqualTo(20);
    }
}

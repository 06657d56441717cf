package dev.agentctl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PersonsKeysTest {
    private final PersonsKeys keys = new PersonsKeys();

    private boolean take(String bytes) {
        return keys.take(bytes.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u001b[I",
                "\u001b[O",
                "\u001b[<35;10;20M",
                "\u001b[<0;1;2m",
                "\u001b[M !!",
                "\u001b[?62;22c",
                "\u001b[?1u",
                "\u001b[>1;10;0c",
                "\u001b[24;80R",
                "\u001b]11;rgb:1010/1010/1010\u0007",
                "\u001bP>|xterm(390)\u001b\\",
                "\u001b[97;1:3u"
            })
    void whatATerminalSendsByItselfIsNobodysKey(String report) {
        assertThat(take(report)).isFalse();
        assertThat(keys.draft()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u001b", "\u001b[A", "\u001bOA", "\t", "\u001b[1;5C", "\u001b[57;5u", "\u001b[57419u"})
    void aKeyWithoutTextLeavesNoDraft(String key) {
        assertThat(take(key)).isTrue();
        assertThat(keys.draft()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "é", " ", "\u001b[97u", "\u001b[200~text\u001b[201~", "\u001b[200~", "\u001b[I" + "x"})
    void textIsADraft(String text) {
        assertThat(take(text)).isTrue();
        assertThat(keys.draft()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\r", "\u0003", "\u0015", "\u0004", "\u001b[13u", "\u001b[99;5u", "y\r"})
    void itIsSubmittedOrDiscarded(String key) {
        take("text");
        take(key);
        assertThat(keys.draft()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\u001b\r", "\u001b[13;2u", "\u001b[200~a\rb\u001b[201~", "\u007f"})
    void aLineBreakWithinItKeepsIt(String key) {
        take("text");
        take(key);
        assertThat(keys.draft()).isTrue();
    }

    @Test
    void changesAreToldAtOnceAndTheRestOnceASecond() {
        long now = System.nanoTime();
        assertThat(keys.toBeAnnounced(now)).isTrue();
        assertThat(keys.toBeAnnounced(now + 999_000_000)).isFalse();
        take("x");
        assertThat(keys.toBeAnnounced(now + 999_000_000)).isTrue();
        assertThat(keys.toBeAnnounced(now + 1_500_000_000)).isFalse();
        assertThat(keys.toBeAnnounced(now + 2_000_000_000L)).isTrue();
    }
}

package dev.agentctl.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentctl.terminal.KeyboardModes;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyNamesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Enter|\\r",
                "Escape|ESC",
                "Tab|\\t",
                "BTab|ESC[Z",
                "S-Tab|ESC[Z",
                "BSpace|DEL",
                "C-BSpace|BS",
                "C-c|^C",
                "C-C|^C",
                "^C|^C",
                "C-Space|NUL",
                "C-\\|^\\",
                "M-x|ESCx",
                "M-Enter|ESC\\r",
                "C-M-c|ESC^C",
                "M-C-c|ESC^C",
                "Up|ESC[A",
                "up|ESC[A",
                "C-Left|ESC[1;5D",
                "S-Up|ESC[1;2A",
                "S-M-End|ESC[1;4F",
                "Home|ESC[H",
                "PageUp|ESC[5~",
                "PPage|ESC[5~",
                "C-NPage|ESC[6;5~",
                "IC|ESC[2~",
                "DC|ESC[3~",
                "F1|ESCOP",
                "S-F4|ESC[1;2S",
                "F5|ESC[15~",
                "S-F5|ESC[15;2~",
                "F12|ESC[24~",
                "KP0|0",
                "KP*|*",
                "KP-|-",
                "KPEnter|\\r",
                "M-ä|ESCä",
                "x|x",
                "-|-",
                "😀|😀",
            })
    void aNameIsTheBytesOfItsKey(String name, String bytes) {
        assertThat(shown(name, KeyboardModes.PLAIN)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Up|ESCOA",
                "End|ESCOF",
                "C-Up|ESC[1;5A",
                "PageUp|ESC[5~",
                "KP0|ESCOp",
                "KPEnter|ESCOM",
                "KP/|ESCOo"
            })
    void aProgramMayAskForApplicationKeys(String name, String bytes) {
        assertThat(shown(name, new KeyboardModes(true, true, 0))).isEqualTo(bytes);
    }

    /// Flag 1 of the kitty protocol, as Claude Code sets it.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Escape|ESC[27u",
                "C-c|ESC[99;5u",
                "C-M-x|ESC[120;7u",
                "M-a|ESC[97;3u",
                "Enter|\\r",
                "Tab|\\t",
                "BSpace|DEL",
                "S-Enter|ESC[13;2u",
                "BTab|ESC[9;2u",
                "Up|ESC[A",
                "S-Up|ESC[1;2A",
                "F1|ESC[P",
                "F3|ESC[13~",
                "F5|ESC[15~",
                "C-Space|ESC[32;5u",
                "x|x",
                "X|X",
                "KP0|0",
            })
    void kittysKeyboardTellsKeysApart(String name, String bytes) {
        assertThat(shown(name, new KeyboardModes(true, false, 1))).isEqualTo(bytes);
        // event types change nothing of a press
        assertThat(shown(name, new KeyboardModes(false, false, 7))).isEqualTo(bytes);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Enter|ESC[13u|ESC[13u",
                "x|ESC[120u|ESC[120;;120u",
                "X|ESC[120;2u|ESC[120;2;88u",
                "C-c|ESC[99;5u|ESC[99;5u"
            })
    void kittysKeyboardMayWantAllAsEscapes(String name, String escapes, String withText) {
        assertThat(shown(name, new KeyboardModes(false, false, 8 | 1))).isEqualTo(escapes);
        assertThat(shown(name, new KeyboardModes(false, false, 16 | 8 | 1))).isEqualTo(withText);
    }

    @ParameterizedTest
    @ValueSource(strings = {"hello", "C-", "C-hello", "F13", "S-a", "Upp", "X-a", "C-ä", "M-", "Entr", "", "KP10"})
    void whatIsNoNameIsNoKey(String text) {
        assertThat(KeyNames.bytes(text, KeyboardModes.PLAIN)).isEmpty();
    }

    private static String shown(String name, KeyboardModes modes) {
        return new String(KeyNames.bytes(name, modes).orElseThrow(), StandardCharsets.UTF_8)
                .replace("\u001b", "ESC")
                .replace("\r", "\\r")
                .replace("\t", "\\t")
                .replace("\b", "BS")
                .replace("\u007f", "DEL")
                .replace("\u0003", "^C")
                .replace("\u001c", "^\\")
                .replace("\0", "NUL");
    }
}

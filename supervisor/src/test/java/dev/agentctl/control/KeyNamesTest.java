package dev.agentctl.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
                "S-M-End|ESC[1;4F",
                "Home|ESC[H",
                "PageUp|ESC[5~",
                "PPage|ESC[5~",
                "C-NPage|ESC[6;5~",
                "DC|ESC[3~",
                "F1|ESCOP",
                "S-F4|ESC[1;2S",
                "F5|ESC[15~",
                "F12|ESC[24~",
                "M-ä|ESCä",
            })
    void aNameIsTheBytesOfItsKey(String name, String bytes) {
        assertThat(shown(name, false)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"Up|ESCOA", "End|ESCOF", "C-Up|ESC[1;5A", "PageUp|ESC[5~"})
    void aProgramMayAskForOtherCursorKeys(String name, String bytes) {
        assertThat(shown(name, true)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @CsvSource({"hello", "C-", "x", "C-hello", "F13", "S-a", "Upp", "X-a", "C-ä", "-", "M-"})
    void whatIsNoNameIsText(String text) {
        assertThat(KeyNames.named(text, false)).isEmpty();
        assertThat(KeyNames.bytes(text, false)).isEqualTo(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void spaceIsASpace() {
        assertThat(KeyNames.bytes("Space", false)).isEqualTo(new byte[] {' '});
        assertThat(KeyNames.bytes("", false)).isEmpty();
    }

    private static String shown(String name, boolean applicationCursor) {
        return new String(KeyNames.bytes(name, applicationCursor), StandardCharsets.UTF_8)
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

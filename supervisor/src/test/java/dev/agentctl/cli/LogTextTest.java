package dev.agentctl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogTextTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "one\\r\\ntwo|one\\ntwo",
                "\\e[1;31mred\\e[0m plain|red plain",
                "\\e]0;title\\atext|text",
                "\\e]8;;http://x\\e\\\\link\\e]8;;\\e\\\\|link",
                "\\eP+q544e\\e\\\\text|text",
                "two\\e[3Cwords|two   words",
                "a\\e[5Gb|a   b",
                "abc\\e[1Gd|abc\\nd",
                "10%\\r20%\\r\\n|10%\\n20%\\n",
                "one\\e[2;1Htwo|one\\ntwo",
                "\\e[Hfirst|first",
                "\\e(Btext\\e=|text",
                "a\\0b\\bc|abc",
                "é\u202e\u009b|é\uFFFD\uFFFD",
                "\\e[999999999999Cx|SPACES",
            })
    void sequencesLeaveOnlyWhatTheySayInText(String output, String text) {
        String expected = text.equals("SPACES") ? " ".repeat(200) + "x" : real(text);
        assertThat(new LogText().take(real(output).getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(expected);
    }

    @Test
    void theStreamMayBeCutAnywhere() {
        byte[] whole = "ä\u001b[31m€\u001b]0;t\u0007\ud83d\ude00\r\nx\u001b[2Cy".getBytes(StandardCharsets.UTF_8);
        StringBuilder pieces = new StringBuilder();
        LogText text = new LogText();
        for (byte b : whole) {
            pieces.append(text.take(new byte[] {b}));
        }
        assertThat(pieces.toString()).isEqualTo("ä€\ud83d\ude00\nx  y").isEqualTo(new LogText().take(whole));
    }

    @Test
    void brokenTextIsReplacedAndNeverHeldBack() {
        LogText text = new LogText();
        byte[] broken = {(byte) 0xc3, '\n', (byte) 0xff, 'x'};
        assertThat(text.take(broken)).isEqualTo("\uFFFD\n\uFFFDx");
        byte[] long0 = "y".repeat(100_000).getBytes(StandardCharsets.UTF_8);
        assertThat(text.take(long0)).hasSize(100_000);
    }

    private static String real(String escaped) {
        return escaped.replace("\\e\\\\", "\u001b\\")
                .replace("\\e", "\u001b")
                .replace("\\r", "\r")
                .replace("\\n", "\n")
                .replace("\\a", "\u0007")
                .replace("\\b", "\b")
                .replace("\\0", "\0");
    }
}

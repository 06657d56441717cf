package dev.agentctl.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DetachKeyTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "KEY|0",
                "abcKEYdef|3",
                "abc|-1",
                "ESC[92;5u|0",
                "xESC[92;5:1u|1",
                "ESC[92:124:92;5u|0",
                "ESC[92;69u|0",
                "ESC[92;133u|0",
                "ESC[92;5:3u|-1",
                "ESC[92;6u|-1",
                "ESC[92u|-1",
                "ESC[93;5u|-1",
                "ESC[27;5;92~|0",
                "ESC[27;6;92~|-1",
                "ESC[<0;92;5M|-1",
                "ESC[92;5;5;5;5u|-1",
                "ESC[99999999999;5u|-1",
            })
    void theKeyIsFoundInEveryEncoding(String keys, int at) throws CommandFailure {
        String typed = keys.replace("ESC", "\u001b").replace("KEY", "\u001c");
        assertThat(find(DetachKey.named("C-\\"), typed)).isEqualTo(at);
    }

    @Test
    void whatIsPastedDoesNotDetach() throws CommandFailure {
        DetachKey key = DetachKey.named("C-\\");
        assertThat(find(key, "\u001b[200~a\u001cb")).isEqualTo(-1);
        assertThat(find(key, "\u001c still pasted \u001b[201~ \u001c")).isEqualTo(22);
    }

    @Test
    void aLetterIsFoundInKittysEncodingToo() throws CommandFailure {
        DetachKey key = DetachKey.named("C-a");
        assertThat(key.label()).isEqualTo("Ctrl-A");
        assertThat(find(key, "\u0001")).isZero();
        assertThat(find(key, "\u001b[97;5u")).isZero();
    }

    @ParameterizedTest
    @CsvSource({"x", "Enter", "Tab", "C-m", "Escape", "F1", "Up", "M-x", "C-Space", "''"})
    void onlyAKeyWithControlDetaches(String name) {
        assertThatExceptionOfType(CommandFailure.class).isThrownBy(() -> DetachKey.named(name));
    }

    private static int find(DetachKey key, String keys) {
        byte[] bytes = keys.getBytes(StandardCharsets.UTF_8);
        return key.find(bytes, bytes.length);
    }
}

package dev.agentctl.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// The rules that [Reflow] states.
final class ReflowTest {
    private final Terminal terminal = new Terminal(10, 4, 50, _ -> {});

    private void feed(String output) {
        byte[] bytes = output.getBytes(UTF_8);
        terminal.feed(bytes, 0, bytes.length);
    }

    @Test
    void wrappedLinesAreJoinedAndWrappedAnew() {
        feed("abcdefghijklmno\r\nxyz");
        terminal.resize(20, 4);
        assertThat(terminal.screen().lines()).containsExactly("abcdefghijklmno", "xyz", "", "");
        terminal.resize(6, 4);
        assertThat(terminal.screen().lines()).containsExactly("abcdef", "ghijkl", "mno", "xyz");
    }

    @Test
    void theCursorStaysBehindItsCharacter() {
        feed("abcdefghijklmno");
        terminal.resize(6, 4);
        assertThat(terminal.screen().cursorRow()).isEqualTo(2);
        assertThat(terminal.screen().cursorColumn()).isEqualTo(3);
        feed("!");
        terminal.resize(30, 4);
        assertThat(terminal.screen().line(0)).isEqualTo("abcdefghijklmno!");
    }

    @Test
    void aWideCharacterThatDoesNotFitMovesWhole() {
        feed("abcd漢字");
        terminal.resize(5, 4);
        assertThat(terminal.screen().lines()).containsExactly("abcd", "漢字", "", "");
        terminal.resize(10, 4);
        assertThat(terminal.screen().line(0)).isEqualTo("abcd漢字");
    }

    @Test
    void blankRowsGoFirstAndTextGoesToTheHistory() {
        feed("1\r\n2");
        terminal.resize(10, 2);
        assertThat(terminal.screen().lines()).containsExactly("1", "2");
        terminal.resize(10, 1);
        assertThat(terminal.screen().lines()).containsExactly("2");
        assertThat(terminal.historyText(9)).containsExactly("1");
    }

    @Test
    void aFilledScreenTakesLinesBackFromTheHistory() {
        feed("1\r\n2\r\n3\r\n4\r\n5\r\n6");
        terminal.resize(10, 5);
        assertThat(terminal.screen().lines()).containsExactly("2", "3", "4", "5", "6");
        assertThat(terminal.historyText(9)).containsExactly("1");
    }

    @Test
    void theMainScreenIsLaidOutAnewUnderTheAlternateOne() {
        feed("abcdefghijklmno\u001b[?1049hother");
        terminal.resize(20, 6);
        assertThat(terminal.screen().line(1)).isEqualTo("     other");
        feed("\u001b[?1049l!");
        assertThat(terminal.screen().line(0)).isEqualTo("abcdefghijklmno!");
    }
}

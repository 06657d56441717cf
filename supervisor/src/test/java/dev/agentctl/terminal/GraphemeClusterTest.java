package dev.agentctl.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GraphemeClusterTest {
    private static Screen screen(String output) {
        Terminal terminal = new Terminal(40, 3, 10, _ -> {});
        byte[] bytes = output.getBytes(UTF_8);
        terminal.feed(bytes, 0, bytes.length);
        return terminal.screen();
    }

    @ParameterizedTest
    @CsvSource({
        "👩‍👩‍👧‍👦, 2",
        "👍🏽, 2",
        "✌🏽, 2",
        "🇩🇪, 2",
        "❤️, 2",
        "1️⃣, 2",
        "漢, 2",
        "😀, 2",
        "é, 1",
        "e\u0301, 1",
        "✻, 1",
        "│, 1",
        "ｗ, 2",
        "नि, 1",
        "각, 2",
        "✳, 1",
        "⏺, 1",
        "\u0378, 1"
    })
    void aClusterIsOneCellOfItsWidth(String cluster, int width) {
        Screen screen = screen(cluster + "|");
        assertThat(screen.cell(0, 0).text()).isEqualTo(cluster);
        assertThat(screen.cell(0, 0).width()).isEqualTo(width);
        assertThat(screen.cell(0, width).text()).isEqualTo("|");
    }

    @Test
    void overwritingHalfOfAWideCharacterBlanksTheOther() {
        assertThat(screen("漢字\rx").line(0)).isEqualTo("x 字");
        assertThat(screen("漢字\u001b[2Gx").line(0)).isEqualTo(" x字");
        assertThat(screen("漢字\u001b[2G\u001b[P").line(0)).isEqualTo(" 字");
    }

    @Test
    void deletingKeepsAWideCharacterAtTheMarginWhole() {
        Screen screen = screen("\u001b[39G漢\u001b[5G\u001b[P");
        assertThat(screen.cell(0, 37).text()).isEqualTo("漢");
        assertThat(screen.cell(0, 37).width()).isEqualTo(2);
    }

    @Test
    void longClustersAreCut() {
        assertThat(screen("e" + "\u0301".repeat(500)).cell(0, 0).text()).hasSize(41);
    }
}

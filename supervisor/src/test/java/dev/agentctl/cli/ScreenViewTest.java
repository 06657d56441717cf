package dev.agentctl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentctl.terminal.Terminal;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class ScreenViewTest {
    private final Terminal program = new Terminal(10, 6, 0, _ -> {});
    private final Terminal ours = new Terminal(10, 3, 0, _ -> {});
    private final ScreenView view = new ScreenView();

    @Test
    void aSmallTerminalShowsWhatComesLast() {
        program("1\r\n2\r\n3\r\n4\r\n5\r\n6");
        assertThat(lowest()).isEqualTo("4\n5\n6\n");
        assertThat(ours.screen().cursorRow()).isEqualTo(2);

        program("\r\n7");
        assertThat(lowest()).isEqualTo("5\n6\n7\n");
    }

    @Test
    void whatIsBlankBelowTakesNoRoom() {
        program("1\r\n2\r\n3\r\n4");
        assertThat(lowest()).isEqualTo("2\n3\n4\n");

        program("\u001b[2J\u001b[Hone");
        assertThat(lowest()).isEqualTo("one\n");
        assertThat(ours.screen().cursorRow()).isZero();
    }

    private void program(String output) {
        byte[] bytes = output.getBytes(StandardCharsets.UTF_8);
        program.feed(bytes, 0, bytes.length);
    }

    private String lowest() {
        byte[] bytes = view.lowest(program.screen(), new WindowSize(10, 3));
        ours.feed(bytes, 0, bytes.length);
        return ours.screen().text();
    }
}

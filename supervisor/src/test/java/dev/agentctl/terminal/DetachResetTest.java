package dev.agentctl.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class DetachResetTest {
    private static Terminal terminalWith(String output) {
        Terminal terminal = new Terminal(30, 8, 10, _ -> {});
        byte[] bytes = output.getBytes(UTF_8);
        terminal.feed(bytes, 0, bytes.length);
        byte[] reset = DetachReset.bytes();
        terminal.feed(reset, 0, reset.length);
        // The cursor that the alternate screen saved stays behind there, out of reach and harmless.
        byte[] forget = "\u001b[?47h\u001b[!p\u001b[?47l".getBytes(UTF_8);
        terminal.feed(forget, 0, forget.length);
        return terminal;
    }

    @Test
    void whateverWasSwitchedOnIsOffAfterwards() {
        String everything =
                "\u001b[?1049h\u001b[?1000h\u001b[?1003h\u001b[?1006h\u001b[?1004h\u001b[?2004h\u001b[?2031h"
                        + "\u001b[?2026h\u001b[>7u\u001b[=3;1u\u001b[>4;2m\u001b[?25l\u001b[3 q\u001b[1;31m\u001b[2;4r\u001b[?6h"
                        + "\u001b[?69h\u001b[3;9s\u001b[?1045h\u001b[?41h\u001b[?67h\u001b[?8l\u001b[2*x\u001bV"
                        + "\u001b]4;1;#123456\u0007\u001b]10;red\u0007\u001b]17;red\u0007\u001b]5;0;red\u0007"
                        + "\u001b[?1h\u001b=\u001b[4h\u001b[?7l\u001b(0\u000e\u001b]8;;http://x\u0007\u001b[?5h\u001b]0;unfinished";
        Terminal reset = terminalWith(everything);
        Terminal fresh = terminalWith("");
        assertThat(new String(reset.redraw(0), UTF_8)).isEqualTo(new String(fresh.redraw(0), UTF_8));
        assertThat(reset.alternateScreen()).isFalse();
    }

    @Test
    void theCursorStaysWhereItWasOnTheMainScreen() {
        Terminal reset = terminalWith("one\r\ntwo\u001b[1;31m");
        assertThat(reset.screen().cursorRow()).isEqualTo(1);
        assertThat(reset.screen().cursorColumn()).isEqualTo(3);
    }
}

package dev.agentctl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentctl.control.ControlReply;
import dev.agentctl.control.ControlRequest;
import dev.agentctl.terminal.Terminal;
import dev.agentctl.wire.StateFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScreenTest {
    @TempDir
    Path temporary;

    private final Terminal terminal = new Terminal(20, 3, 100, _ -> {});
    private CommandRun commands;
    private FakeSupervisor supervisor;

    @BeforeEach
    void open() throws IOException {
        StateFolder folder = new StateFolder(temporary.resolve("state"));
        assertThat(folder.prepare()).isEmpty();
        commands = new CommandRun(folder);
        supervisor = new FakeSupervisor(folder);
        supervisor.answer(this::answer);
        feed("one\r\ntwo\r\n\u001b[1;31mthree\u001b[0m\r\nfour\r\n\u001b]2;A title\u0007five");
    }

    @AfterEach
    void close() {
        supervisor.close();
    }

    private void feed(String output) {
        byte[] bytes = output.getBytes(StandardCharsets.UTF_8);
        terminal.feed(bytes, 0, bytes.length);
    }

    private ControlReply answer(ControlRequest request) {
        return request instanceof ControlRequest.Redraw redraw
                ? new ControlReply.Painted(0, 0, 20, 3, terminal.redraw(redraw.historyLines()))
                : new ControlReply.Text(terminal.screen().text());
    }

    @Test
    void theScreenAloneIsTheUsual() {
        assertThat(commands.run("screen", "a").out()).isEqualTo("three\nfour\nfive\n");
    }

    @Test
    void aBlankScreenOfWhatDoesNotRunIsExplained() {
        feed("\u001b[2J");
        supervisor.answer(request -> request instanceof ControlRequest.Status
                ? FakeSupervisor.report(FakeSupervisor.session("a", "stopped"))
                : answer(request));
        assertThat(commands.run("screen", "a"))
                .isEqualTo(new CommandRun.Result(
                        3, "", "agentctl: a is stopped and its screen is blank; start it with: agentctl start a\n"));
    }

    @Test
    void historyComesBeforeIt() {
        assertThat(commands.run("screen", "a", "--history", "1").out()).isEqualTo("two\nthree\nfour\nfive\n");
        assertThat(commands.run("screen", "a", "--history", "50").out()).startsWith("one\ntwo\nthree\n");
        assertThat(commands.run("screen", "a", "--history", "1", "--ansi").out())
                .contains("\u001b[0;1;31mthree");
    }

    @Test
    void jsonTellsWhatTextCannot() {
        assertThat(commands.run("screen", "a", "--json").out())
                .isEqualTo("{\"schema\":1,\"project\":\"a\",\"columns\":20,\"rows\":3,\"title\":\"A title\","
                        + "\"alternate\":false,\"cursor\":{\"row\":2,\"column\":4,\"visible\":true},"
                        + "\"text\":\"three\\nfour\\nfive\\n\"}\n");
    }

    @Test
    void aPictureIsAPngFile() throws IOException {
        Path file = temporary.resolve("screen.png");
        assertThat(commands.run("screen", "a", "--png", file.toString())).isEqualTo(new CommandRun.Result(0, "", ""));
        assertThat(Files.readAllBytes(file)).startsWith(0x89, 'P', 'N', 'G', '\r', '\n');
        CommandRun.Result lost = commands.run(
                "screen", "a", "--png", temporary.resolve("no/x.png").toString());
        assertThat(lost.code()).isEqualTo(1);
        assertThat(lost.err()).hasLineCount(1).contains("no/x.png (there is no such folder); name a file");
        assertThat(commands.run("screen", "a", "--png", "/dev/full").err()).contains("(No space left on device)");
    }

    @Test
    void formsExcludeOneAnother() {
        assertThat(commands.run("screen", "a", "--ansi", "--json").code()).isEqualTo(2);
        assertThat(commands.run("screen", "a", "--history", "-1").code()).isEqualTo(2);
        assertThat(commands.run("screen", "a", "--png", "x", "--history", "1").code())
                .isEqualTo(2);
    }
}

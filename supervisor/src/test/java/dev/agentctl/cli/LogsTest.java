package dev.agentctl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentctl.cli.CommandRun.Result;
import dev.agentctl.control.ControlReply;
import dev.agentctl.wire.StateFolder;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class LogsTest {
    @TempDir
    Path temporary;

    private StateFolder folder;
    private RunningHost host;
    private CommandRun commands;

    @BeforeEach
    void open() throws IOException, InterruptedException {
        folder = new StateFolder(temporary.resolve("state"));
        assertThat(folder.prepare()).isEmpty();
        host = new RunningHost(folder);
        commands = new CommandRun(folder);
    }

    @AfterEach
    void close() {
        host.close();
    }

    @Test
    void aLogIsTextWithItsStartsAndEnds() throws IOException, InterruptedException {
        host.spawn("a", "printf 'one\\033[31m red\\033[0m\\ntwo'; exit 3");
        host.awaitEnd();
        Result result = commands.run("logs", "a");
        assertThat(result.err()).isEmpty();
        assertThat(result.code()).isZero();
        assertThat(result.out()).matches("\\[started, process \\d+]\none red\ntwo\n\\[ended with status 3]\n");
    }

    @Test
    void onlyTheNewestBytesAreShown() throws IOException, InterruptedException {
        host.spawn("a", "seq 1 1000");
        host.awaitEnd();
        assertThat(commands.run("logs", "a", "--bytes", "6").out()).isEqualTo("1000\n[ended with status 0]\n");
    }

    @Test
    void whatWasLostIsSaid() throws IOException, InterruptedException {
        host.spawn("a", "echo lost");
        host.awaitEnd();
        assertThat(commands.run("logs", "a").err()).isEmpty();
        host.close();
        try (DirectoryStream<Path> segments =
                Files.newDirectoryStream(folder.session("a").resolve("log"))) {
            for (Path segment : segments) {
                Files.delete(segment);
            }
        }
        host = new RunningHost(folder);
        Result result = commands.run("logs", "a");
        assertThat(result.err())
                .isEqualTo("agentctl: 6 bytes of this log are lost, in 1 gap: the disk was full or failed, or files of"
                        + " the log were removed; see host.log\n");
        assertThat(result.out()).contains("[6 bytes no longer kept]");
    }

    @Test
    void asJsonItIsOneObject() throws IOException, InterruptedException {
        host.spawn("a", "printf 'x\\n'");
        host.awaitEnd();
        assertThat(commands.run("logs", "a", "--json").out())
                .isEqualTo("{\"schema\":1,\"project\":\"a\",\"from\":0,\"to\":3,\"gaps\":[],\"text\":\"x\\n\"}\n");
        assertThat(commands.run("logs", "a", "--json", "-f").code()).isEqualTo(2);
    }

    @Test
    void theLastLinesAreCountedNotTheirBytes() throws IOException, InterruptedException {
        host.spawn("a", "seq 1 30000");
        host.awaitEnd();
        assertThat(commands.run("logs", "a", "--lines", "3").out()).isEqualTo("29999\n30000\n[ended with status 0]\n");
        assertThat(commands.run("logs", "a", "-n", "20000").out())
                .startsWith("10002\n10003\n")
                .hasLineCount(20_000);
        assertThat(commands.run("logs", "a", "-n", "99999").out())
                .startsWith("[started")
                .hasLineCount(30_002);
    }

    @Test
    void linesAreFoundByTextOrByExpression() throws IOException, InterruptedException {
        host.spawn("a", "echo one.two; echo ONE-two; echo three");
        host.awaitEnd();
        assertThat(commands.run("logs", "a", "--grep", "one.t").out()).isEqualTo("one.two\n");
        assertThat(commands.run("logs", "a", "--grep", "one-t", "-i").out()).isEqualTo("ONE-two\n");
        assertThat(commands.run("logs", "a", "--grep", "^(?i)one.t", "--regex").out())
                .isEqualTo("one.two\nONE-two\n");
        assertThat(commands.run("logs", "a", "--grep", "(", "--regex"))
                .isEqualTo(new Result(2, "", "agentctl: --grep: Unclosed group at 1\n"));
        assertThat(commands.run("logs", "a", "-i").code()).isEqualTo(2);
        // 1 is an error, so that a script can tell nothing found from could not look
        assertThat(commands.run("logs", "a", "--grep", "four")).isEqualTo(new Result(0, "", ""));
    }

    @Test
    void anExpressionThatTakesTooLongIsGivenUp() throws IOException, InterruptedException {
        host.spawn("a", "printf '%0100d!\\n' 0");
        host.awaitEnd();
        Result result = commands.run("logs", "a", "--grep", "0*0*0*0*0*0*0*x", "--regex");
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err())
                .isEqualTo("agentctl: --grep: the pattern takes too long on a line; use a simpler one\n");
    }

    @Test
    void linesHaveTimesAndATimeFindsThem() throws IOException, InterruptedException {
        host.spawn("a", "echo now");
        host.awaitEnd();
        assertThat(commands.run("logs", "a", "--since", "10m").out()).endsWith("now\n[ended with status 0]\n");
        assertThat(commands.run("logs", "a", "--until", "10m").out()).doesNotContain("now");
        assertThat(commands.run("logs", "a", "--since", "1d", "-t").out())
                .matches("(?s).*\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d  now\n.*");
        assertThat(commands.run("logs", "a", "--grep", "now", "--json").out())
                .matches(
                        "\\{\"schema\":1,\"project\":\"a\",\"truncated\":false,\"lines\":\\[\\{\"time\":\"[^\"]+Z\",\"text\":\"now\"}]}\n");
        assertThat(commands.run("logs", "a", "--since", "soon").err()).contains("--since is a time such as 10m");
        assertThat(commands.run("logs", "a", "--until", "10m", "-f").code()).isEqualTo(2);
        assertThat(commands.run("logs", "a", "--since", "1h", "--until", "2h"))
                .isEqualTo(new CommandRun.Result(
                        2, "", "agentctl: --since is later than --until, so nothing lies between them\n"));
    }

    @Test
    void rawIsEveryByte() throws IOException, InterruptedException {
        host.spawn("a", "printf '\\033[31mred\\n'");
        host.awaitEnd();
        assertThat(commands.run("logs", "a", "--raw").out()).isEqualTo("\u001b[31mred\r\n");
        assertThat(commands.run("logs", "a", "--raw", "-t").code()).isEqualTo(2);
    }

    @Test
    void aConversationIsReadFromTheAgentsOwnFile() throws IOException {
        Path file = temporary.resolve("conversation.jsonl");
        Files.writeString(file, """
                {"type":"user","timestamp":"2026-01-31T08:05:00Z","message":{"content":"fix it"}}
                {"type":"assistant","timestamp":"2026-01-31T08:05:09Z","message":{"content":[{"type":"text","text":"Looking."},{"type":"tool_use","name":"Bash","input":{"command":"make"}}]}}
                {"type":"user","timestamp":"2026-01-31T08:06:00Z","message":{"content":[{"type":"tool_result","content":"ok\\n\\u001b[31mred"}]}}
                """);
        try (FakeSupervisor supervisor = new FakeSupervisor(folder)) {
            supervisor.answer(new ControlReply.TranscriptFile(Optional.of(file.toString())));
            String said = commands.run("logs", "a", "--transcript").out();
            assertThat(said.lines())
                    .contains("fix it", "Looking.", "  > Bash: make", "    ok", "    \uFFFD[31mred")
                    .satisfiesOnlyOnce(line -> assertThat(line).startsWith("-- you, "))
                    .satisfiesOnlyOnce(line -> assertThat(line).startsWith("-- agent, "));
            assertThat(commands.run("logs", "a", "--transcript", "-n", "1").out())
                    .isEqualTo("    \uFFFD[31mred\n");
            assertThat(commands.run("logs", "a", "--transcript", "--grep", "Bash", "--json")
                            .out())
                    .isEqualTo("{\"schema\":1,\"project\":\"a\",\"truncated\":false,\"lines\":"
                            + "[{\"time\":\"2026-01-31T08:05:09Z\",\"text\":\"  > Bash: make\"}]}\n");
            assertThat(commands.run("logs", "a", "--transcript", "--since", "2026-01-31T08:05:30Z")
                            .out())
                    .startsWith("    ok\n");
            supervisor.answer(new ControlReply.TranscriptFile(Optional.empty()));
            assertThat(commands.run("logs", "a", "--transcript").code()).isEqualTo(3);
        }
    }

    @Test
    void followingShowsWhatComesLater() throws IOException, InterruptedException {
        host.spawn("a", "echo before; read line; echo got:$line");
        PipedInputStream seen = new PipedInputStream(1 << 16);
        try (PrintStream out = new PrintStream(new PipedOutputStream(seen), true, StandardCharsets.UTF_8)) {
            Thread.ofVirtual().start(() -> Main.run(new String[] {"logs", "a", "-f"}, surroundings(out)));
            assertThat(readUntil(seen, "before\n")).contains("before\n");
            host.type("a", "hi\r");
            assertThat(readUntil(seen, "[ended with status 0]\n")).contains("got:hi\n");
        }
    }

    @Test
    void anUnknownNameIsNoSessionAndMakesNone() {
        for (String name : new String[] {"b", "../state", ""}) {
            assertThat(commands.run("logs", name).code()).as(name).isEqualTo(4);
        }
        assertThat(folder.session("b")).doesNotExist();
    }

    @Test
    void aProjectThatHasNotRunHasNoLog() throws IOException {
        try (FakeSupervisor supervisor = new FakeSupervisor(folder)) {
            supervisor.answer(FakeSupervisor.report(FakeSupervisor.session("b", "stopped")));
            assertThat(commands.run("logs", "b"))
                    .isEqualTo(new Result(3, "", "agentctl: b has not run yet; start it with: agentctl start b\n"));
        }
    }

    @Test
    void aMistypedNameIsToldTheNearestThatHasALog() throws IOException, InterruptedException {
        assertThat(commands.run("logs", "biling"))
                .isEqualTo(new Result(4, "", "agentctl: no project 'biling' has run here; see: agentctl status\n"));
        host.spawn("billing", "echo once");
        host.awaitEnd();
        assertThat(commands.run("logs", "biling"))
                .isEqualTo(new Result(
                        4,
                        "",
                        "agentctl: no project 'biling' has run here; did you mean billing? see: agentctl status\n"));
    }

    @Test
    void withoutAHostThereIsNothingToRead() {
        host.close();
        assertThat(commands.run("logs", "a"))
                .isEqualTo(new Result(
                        5,
                        "",
                        "agentctl: no host is running for " + folder.path()
                                + "; start everything with: agentctl up\n"));
    }

    @Test
    void attachWithoutASupervisorNamesTheNearestThatRuns() throws IOException, InterruptedException {
        host.spawn("billing", "read line");
        assertThat(commands.run("attach", "biling"))
                .isEqualTo(new Result(
                        5,
                        "",
                        "agentctl: no supervisor is running, and no agent of a project 'biling'; did you mean billing?"
                                + " agentctl start biling starts both\n"));
    }

    @Test
    void statusWithoutASupervisorNamesTheAgentsThatRunOn() throws IOException, InterruptedException {
        host.spawn("a", "read line");
        Result result = commands.run("status");
        assertThat(result.code()).isEqualTo(5);
        assertThat(result.err()).endsWith("agentctl up (its host keeps running: a)\n");
        assertThat(commands.run("status", "--json").out())
                .startsWith("{\"schema\":1,\"supervisor\":null,\"host\":{\"pid\":"
                        + ProcessHandle.current().pid());
    }

    private Surroundings surroundings(PrintStream out) {
        return new Surroundings(
                Map.of("AGENTCTL_HOME", folder.path().toString()),
                InputStream.nullInputStream(),
                out,
                new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8),
                false,
                commands.surroundings().supervisor());
    }

    private static String readUntil(InputStream in, String wanted) throws IOException {
        StringBuilder text = new StringBuilder();
        while (!text.toString().endsWith(wanted)) {
            int b = in.read();
            assertThat(b).as("end of %s", text).isNotNegative();
            text.append((char) b);
        }
        return text.toString();
    }
}

package dev.agentctl.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agentctl.cli.CommandRun.Result;
import dev.agentctl.control.ConsoleConnection;
import dev.agentctl.control.ControlReply;
import dev.agentctl.pty.PtyStartException;
import dev.agentctl.wire.StateFolder;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ConsoleTest {
    private final StateFolder folder;

    @AutoClose
    private final FakeSupervisor supervisor;

    private final CommandRun commands;

    ConsoleTest(@TempDir Path temporary) throws IOException {
        folder = new StateFolder(temporary.resolve("state"));
        assertThat(folder.prepare()).isEmpty();
        supervisor = new FakeSupervisor(folder);
        supervisor.onConsole(ConsoleTest::echo);
        supervisor.answer(FakeSupervisor.report(FakeSupervisor.session("project-a", "idle")));
        commands = new CommandRun(folder);
    }

    private static void echo(ConsoleConnection console) throws IOException {
        Optional<String> line = console.line();
        while (line.isPresent()) {
            console.send(new ControlReply.Said(Optional.empty(), "reply", "you said: " + line.get()));
            console.send(new ControlReply.Said(Optional.of("a"), "final", "**answer**\n\u001b[2Jtwo\n"));
            console.send(new ControlReply.LineDone());
            line = console.line();
        }
    }

    @Test
    void linesOfStandardInputAreAnsweredOneByOne() {
        Result result = commands.runWithInput("/to a x\n\n/help\n", false, "console");
        assertThat(result).isEqualTo(new Result(0, """
                        you said: /to a x
                        [a] **answer**
                        \uFFFD[2Jtwo
                        you said: /help
                        [a] **answer**
                        \uFFFD[2Jtwo
                        """, ""));
    }

    @Test
    void quitEndsItBeforeTheInput() {
        assertThat(commands.runWithInput("/quit\n/help\n", false, "console")).isEqualTo(new Result(0, "", ""));
    }

    @Test
    void aSupervisorThatGoesAwayIsSaidSo() {
        supervisor.onConsole(ConsoleConnection::line);
        assertThat(commands.runWithInput("/help\n", false, "console"))
                .isEqualTo(new Result(
                        5,
                        "",
                        "agentctl: the supervisor went away before it had answered '/help'; whether that was done is"
                                + " not known, look with: agentctl status\n"));
    }

    @Test
    void aLineGoesToTheNextSupervisorWhereTheLastWasGoneBeforeIt()
            throws CommandFailure, IOException, InterruptedException {
        supervisor.onConsole(_ -> supervisor.onConsole(ConsoleTest::echo));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ConsoleLink link = ConsoleLink.open(new SupervisorCall(folder))) {
            assertThatThrownBy(link::receive).isInstanceOf(EOFException.class);
            new LineChatter(commands.surroundings("hello\n", out), link).run();
        }
        assertThat(out.toString(StandardCharsets.UTF_8)).startsWith("you said: hello\n");
    }

    private static void answerOne(ConsoleConnection console) throws IOException {
        String line = console.line().orElseThrow();
        console.send(new ControlReply.Said(Optional.empty(), "reply", "you said: " + line));
        console.send(new ControlReply.LineDone());
    }

    @Test
    void aPromptGoesOnWithTheNextSupervisor() throws InterruptedException, PtyStartException {
        supervisor.onConsole(console -> {
            answerOne(console);
            supervisor.onConsole(ConsoleTest::echo);
        });
        try (PtyRun run = PtyRun.start(folder, 80, 24, "console")) {
            run.awaitScreen("agentctl>");
            run.type("one\r");
            run.awaitScreen("this console goes on");
            run.type("two\r");
            run.awaitScreen("you said: two");
            run.type("\u0004");
            assertThat(run.awaitExit()).isZero();
        }
    }

    @Test
    void whatIsSaidWhileThePromptIsLeftDisturbsNothing() throws InterruptedException, PtyStartException {
        supervisor.onConsole(console -> {
            while (true) {
                console.send(new ControlReply.Said(Optional.of("a"), "final", "answer"));
            }
        });
        try (PtyRun run = PtyRun.start(folder, 80, 24, "console")) {
            run.awaitScreen("[a] answer");
            run.type("/quit\r");
            assertThat(run.awaitExit()).isZero();
            assertThat(run.raw()).doesNotContain("Exception");
        }
    }

    @Test
    void aPromptCompletesRemembersAndShowsAnswersAboveItself()
            throws IOException, InterruptedException, PtyStartException {
        try (PtyRun run = PtyRun.start(folder, 80, 24, "console")) {
            run.awaitScreen("agentctl>");
            run.type("/t\t");
            run.awaitScreen("agentctl> /to");
            run.type("pro\t");
            run.awaitScreen("/to project-a");
            run.type("hi\\ 'there!!\r");
            run.awaitScreen("you said: /to project-a hi\\ 'there!!");
            run.awaitScreen("[a] **answer**");
            run.type("\u0004");
            assertThat(run.awaitExit()).isZero();
        }
        Path history = folder.path().resolve("console-history");
        assertThat(history).content().contains("project-a hi");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(history)))
                .isEqualTo("rw-------");
    }

    @Test
    void aPromptEndsWhenTheSupervisorGoesAway() throws InterruptedException, PtyStartException {
        supervisor.onConsole(console -> {
            var _ = console.line();
            supervisor.close();
        });
        try (PtyRun run = PtyRun.start(folder, 80, 24, "console")) {
            run.awaitScreen("agentctl>");
            run.type("x\r");
            assertThat(run.awaitExit()).isEqualTo(5);
            assertThat(run.screen()).contains("agentctl: the supervisor has gone away");
        }
    }
}

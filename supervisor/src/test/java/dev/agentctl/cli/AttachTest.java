package dev.agentctl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentctl.control.ControlReply;
import dev.agentctl.control.ControlRequest;
import dev.agentctl.control.ExitCode;
import dev.agentctl.host.HostClient;
import dev.agentctl.host.HostReader;
import dev.agentctl.host.HostReply;
import dev.agentctl.host.HostRequest;
import dev.agentctl.host.LogItem;
import dev.agentctl.pty.PtyStartException;
import dev.agentctl.pty.Signal;
import dev.agentctl.wire.StateFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class AttachTest {
    @TempDir
    Path temporary;

    private StateFolder folder;
    private RunningHost host;
    private FakeSupervisor supervisor;
    private LivePicture picture;
    private volatile String state = "idle";

    @BeforeEach
    void open() throws IOException, InterruptedException {
        folder = new StateFolder(temporary.resolve("state"));
        assertThat(folder.prepare()).isEmpty();
        host = new RunningHost(folder);
        supervisor = new FakeSupervisor(folder);
        picture = new LivePicture(folder, "a");
        supervisor.answer(this::answer);
    }

    @AfterEach
    void close() {
        picture.close();
        supervisor.close();
        host.close();
    }

    private ControlReply answer(ControlRequest request) {
        if (request instanceof ControlRequest.Redraw redraw) {
            return picture.painted(redraw.historyLines());
        }
        return FakeSupervisor.report(FakeSupervisor.session("a", state));
    }

    @Test
    void thePictureIsShownAndTheKeysGoToTheAgent() throws IOException, InterruptedException, PtyStartException {
        host.spawn("a", "echo before; read line; echo got:$line; read line");
        try (PtyRun run = PtyRun.start(folder, 80, 24, "attach", "a")) {
            run.awaitScreen("attached to a; Ctrl-\\ detaches");
            run.awaitScreen("before");
            run.type("hi\r");
            run.awaitScreen("got:hi");
            run.awaitNoLongerOnScreen("detaches");
            assertThat(run.screen()).startsWith("before\nhi\ngot:hi");
        }
    }

    @Test
    void noProgramOfThePathIsRunForIt() throws IOException, InterruptedException, PtyStartException {
        Path ran = temporary.resolve("ran");
        Path programs = Files.createDirectory(temporary.resolve("programs"));
        for (String name : List.of("test", "tty", "stty", "infocmp", "tput")) {
            Path program =
                    Files.writeString(programs.resolve(name), "#!/bin/sh\necho \"$0 $*\" >>'" + ran + "'\nexit 1\n");
            Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        }
        host.spawn("a", "echo ready; read line");
        try (PtyRun run = PtyRun.inShell(folder, "PATH='" + programs + "':$PATH; exec \"$@\"", "attach", "a")) {
            run.awaitScreen("ready");
            run.awaitScreen("detaches");
            run.type("\u001c");
            assertThat(run.awaitExit()).isZero();
        }
        assertThat(ran).doesNotExist();
    }

    @Test
    void detachingLeavesTheAgentRunningAndTheTerminalInOrder()
            throws IOException, InterruptedException, PtyStartException {
        host.spawn("a", "printf '\\033[?2004h\\033[?1000hready'; read line; echo got:$line; read line");
        try (PtyRun run = PtyRun.inShell(folder, "\"$@\"; echo code:$?; stty -a", "attach", "a")) {
            run.awaitScreen("ready");
            assertThat(run.bracketedPaste()).isTrue();
            run.type("lost\u001c");
            assertThat(run.awaitExit()).isZero();
            assertThat(run.screen())
                    .contains("[detached from a; back with: agentctl attach a]\ncode:0\n")
                    .contains(" icanon ")
                    .contains(" echo ")
                    .contains("\nopost ");
            assertThat(run.bracketedPaste()).isFalse();
        }
        host.type("a", "\r");
        try (PtyRun again = PtyRun.start(folder, 80, 24, "attach", "a")) {
            again.awaitScreen("got:lost");
        }
    }

    @Test
    void whatANewTerminalCanDoReachesTheAgentAndEndsWithTheAttachment()
            throws IOException, InterruptedException, PtyStartException {
        host.spawn(
                "a",
                "stty raw -echo; printf '\\033[>5u\\033[?1004h\\033[?1003h\\033[?1006h\\033[38;2;18;52;86mpainted';"
                        + " od -An -tx1 -N 21 | tr -d '\\n'; printf '\\033[?1049h\\033[>7u\\033[48;2;1;2;3mlive\\033[0m';"
                        + " exec sleep 100");
        try (PtyRun run = PtyRun.inShell(folder, "echo before; \"$@\"; echo code:$?; stty -a", "attach", "a")) {
            String fresh = run.inputModes();
            run.awaitScreen("painted");
            assertThat(run.raw()).contains("38;2;18;52;86");
            assertThat(run.inputModes()).contains("\u001b[=5;1u", "\u001b[?1004h", "\u001b[?1003h\u001b[?1006h");
            run.type("\u001b[I");
            run.type("\u001b[97;5u");
            run.type("\u001b[<35;10;5M");
            run.awaitScreen("live");
            assertThat(run.raw())
                    .contains("1b 5b 49 1b 5b 39 37 3b 35 75 1b 5b 3c 33 35 3b", "31 30 3b 35 4d")
                    .contains("48;2;1;2;3");
            assertThat(run.alternateScreen()).isTrue();
            assertThat(run.inputModes()).contains("\u001b[=7;1u");
            run.type("\u001c");
            assertThat(run.awaitExit()).isZero();
            assertThat(run.alternateScreen()).isFalse();
            assertThat(run.inputModes()).isEqualTo(fresh);
            assertThat(run.screen())
                    .contains("code:0\n")
                    .contains(" icanon ")
                    .contains(" echo ")
                    .doesNotContain("painted", "live");
        }
    }

    @Test
    void anotherKeyMayDetach() throws IOException, InterruptedException, PtyStartException {
        host.spawn("a", "echo ready; exec sleep 100");
        try (PtyRun run = PtyRun.start(folder, 80, 24, "attach", "a", "--detach-key", "C-]")) {
            run.awaitScreen("Ctrl-] detaches");
            run.type("\u001d");
            assertThat(run.awaitExit()).isZero();
        }
        try (PtyRun run = PtyRun.inShell(folder, "AGENTCTL_DETACH_KEY=C-a \"$@\"", "attach", "a")) {
            run.awaitScreen("Ctrl-A detaches");
            run.type("\u0001");
            assertThat(run.awaitExit()).isZero();
        }
        CommandRun.Result refused = new CommandRun(folder).run("attach", "a", "--detach-key", "x");
        assertThat(refused.code()).isEqualTo(2);
    }

    @Test
    void everyOtherControlKeyIsTheAgents() throws IOException, InterruptedException, PtyStartException {
        host.spawn("a", "stty raw -echo; echo ready; dd bs=1 count=5 2>/dev/null | od -An -tx1; sleep 100");
        try (PtyRun run = PtyRun.start(folder, 80, 24, "attach", "a")) {
            run.awaitScreen("ready");
            run.type("\u001a\u0003\u0011\u0013\r");
            run.awaitScreen("1a 03 11 13 0d");
        }
    }

    @Test
    void theSessionTakesTheSizeOfTheWindow() throws IOException, InterruptedException, PtyStartException {
        host.spawn("a", "while read line; do stty size; done");
        try (PtyRun run = PtyRun.start(folder, 100, 30, "attach", "a")) {
            run.awaitScreen("detaches");
            run.type("\r");
            run.awaitScreen("30 100");
            run.resize(90, 20);
            run.awaitNoLongerOnScreen("detaches");
            run.type("\r");
            run.awaitScreen("20 90");
        }
    }

    @Test
    void whoTypesGetsTheSizeBack() throws IOException, InterruptedException, PtyStartException {
        host.spawn("a", "while read line; do stty size; done");
        try (PtyRun first = PtyRun.start(folder, 100, 30, "attach", "a")) {
            first.awaitScreen("detaches");
            try (PtyRun second = PtyRun.start(folder, 70, 20, "attach", "a")) {
                second.awaitScreen("detaches");
                second.type("\r");
                second.awaitScreen("20 70");
                first.awaitScreen("20 70");
                first.type("\r");
                first.awaitScreen("30 100");
            }
        }
    }

    @Test
    void readOnlySendsNothing() throws IOException, InterruptedException, PtyStartException {
        host.spawn("a", "echo ready; read line; stty size; echo got:$line; sleep 100");
        try (PtyRun run = PtyRun.start(folder, 100, 30, "attach", "a", "--read-only")) {
            run.awaitScreen("attached to a, read-only (made for 80x24); Ctrl-\\ detaches");
            run.type("evil\r");
            host.type("a", "good\r");
            run.awaitScreen("got:good");
            assertThat(run.screen()).contains("24 80");
            run.type("\u001c");
            assertThat(run.awaitExit()).isZero();
        }
    }

    @Test
    void questionsOfTheAgentDoNotReachTheTerminal() throws IOException, InterruptedException, PtyStartException {
        host.spawn("a", "read line; printf '\\033[c\\033[6n\\033]52;c;eA==\\007after'; sleep 100");
        try (PtyRun run = PtyRun.start(folder, 80, 24, "attach", "a")) {
            run.awaitScreen("detaches");
            run.type("\r");
            run.awaitScreen("after");
            assertThat(run.raw()).doesNotContain("\u001b[c", "\u001b[6n", "\u001b]52");
        }
    }

    @Test
    void itStaysThroughARestartAndLeavesASessionAtRest() throws IOException, InterruptedException, PtyStartException {
        host.spawn("a", "echo first; read line; exit 7");
        try (PtyRun run = PtyRun.start(folder, 80, 24, "attach", "a")) {
            run.awaitScreen("first");
            state = "backoff";
            run.type("\r");
            host.awaitEnd();
            host.spawn("a", "printf '\\033[?1049h'; echo second; read line; exit 3");
            run.awaitScreen("second");
            state = "exited";
            run.type("\r");
            assertThat(run.awaitExit()).isZero();
            assertThat(run.screen())
                    .contains("[a has ended with status 3, state: exited; start it with: agentctl start a]");
        }
    }

    @Test
    void anEndThatThePictureLeftOutIsNotMissed() throws IOException, InterruptedException, PtyStartException {
        host.spawn("a", "echo gone; exit 3");
        host.awaitEnd();
        supervisor.answer(request -> {
            if (request instanceof ControlRequest.Redraw) {
                state = "exited";
            }
            return answer(request);
        });
        try (PtyRun run = PtyRun.start(folder, 80, 24, "attach", "a")) {
            run.awaitScreen("[a has ended with status 3, state: exited; start it with: agentctl start a]");
            assertThat(run.awaitExit()).isZero();
        }
    }

    @Test
    void withoutASupervisorTheLogIsEnough() throws IOException, InterruptedException, PtyStartException {
        host.spawn("a", "echo before; read line; echo got:$line");
        supervisor.close();
        try (PtyRun run = PtyRun.start(folder, 80, 24, "attach", "a")) {
            run.awaitScreen("[attached to a without a supervisor; Ctrl-\\ detaches]");
            run.awaitScreen("before");
            run.type("hi\r");
            assertThat(run.awaitExit()).isZero();
            assertThat(run.screen())
                    .contains("got:hi")
                    .contains("[a has ended with status 0; no supervisor is there to start it again]");
        }
    }

    @Test
    void aSupervisorThatEndsMeanwhileIsNotMissed() throws IOException, InterruptedException, PtyStartException {
        host.spawn("a", "echo before; read line; echo got:$line; sleep 100");
        try (PtyRun run = PtyRun.start(folder, 80, 24, "attach", "a")) {
            run.awaitNoLongerOnScreen("detaches");
            run.awaitScreen("before");
            supervisor.close();
            run.type("hi\r");
            run.awaitScreen("got:hi");
            run.type("\u001c");
            assertThat(run.awaitExit()).isZero();
        }
    }

    @Test
    void aHostThatDiesLeavesTheTerminalInOrder() throws IOException, InterruptedException, PtyStartException {
        host.spawn("a", "printf '\\033[?2004hready'; sleep 100");
        try (PtyRun run = PtyRun.start(folder, 80, 24, "attach", "a")) {
            run.awaitScreen("ready");
            host.close();
            assertThat(run.awaitExit()).isEqualTo(5);
            assertThat(run.screen()).contains("agentctl: the host has gone away");
            assertThat(run.bracketedPaste()).isFalse();
        }
    }

    @Test
    void whoeverStealsIsAlone() throws IOException, InterruptedException, PtyStartException {
        host.spawn("a", "echo ready; read line; echo got:$line; sleep 100");
        try (PtyRun first = PtyRun.start(folder, 180, 24, "attach", "a", "--read-only")) {
            first.awaitScreen("ready");
            try (PtyRun second = PtyRun.start(folder, 180, 24, "attach", "a", "--steal")) {
                assertThat(first.awaitExit()).isEqualTo(7);
                assertThat(first.screen())
                        .contains("agentctl: detached from a: ")
                        .contains(" from 192.0.2.7 has taken it over; back with: agentctl attach a");
                second.awaitScreen("ready");
                second.type("mine\r");
                second.awaitScreen("got:mine");
            }
        }
    }

    @Test
    void whoComesIsToldWhoIsThere() throws IOException, InterruptedException, PtyStartException {
        host.spawn("a", "echo ready; sleep 100");
        try (PtyRun first = PtyRun.start(folder, 180, 24, "attach", "a")) {
            first.awaitScreen("Ctrl-\\ detaches");
            assertThat(first.screen()).doesNotContain("also here");
            try (PtyRun second = PtyRun.start(folder, 180, 24, "attach", "a")) {
                second.awaitScreen("; also here: " + System.getProperty("user.name") + " on /dev/pts/");
            }
        }
    }

    @Test
    void othersHearThatAPersonTypes() throws IOException, InterruptedException, PtyStartException {
        host.spawn("a", "printf '\\033[?1004hready'; stty raw -echo; od -An -tx1 -N 4; sleep 100");
        try (PtyRun run = PtyRun.start(folder, 80, 24, "attach", "a")) {
            run.awaitScreen("ready");
            // that its window has the focus is no typing
            run.type("\u001b[I");
            run.type("x");
            run.awaitScreen("1b 5b 49 78");
            assertThat(host.awaitPersonTyped()).isEqualTo(new HostReply.PersonTyped("a", true));
            run.type("\r");
            assertThat(host.awaitPersonTyped()).isEqualTo(new HostReply.PersonTyped("a", false));
        }
    }

    @Test
    void aSuspendedAttachGivesTheTerminalBackAndPaintsAnew()
            throws IOException, InterruptedException, PtyStartException {
        host.spawn("a", "printf '\\033[?2004hready'; read line; echo got:$line; sleep 100");
        try (PtyRun run = PtyRun.start(folder, 80, 24, "attach", "a")) {
            run.awaitScreen("ready");
            run.awaitNoLongerOnScreen("detaches");
            run.signal(Signal.SUSPEND);
            run.awaitBracketedPaste(false);
            run.awaitStopped();
            host.type("a", "meanwhile\r");
            run.signal(Signal.CONTINUE);
            run.awaitScreen("got:meanwhile");
            run.awaitBracketedPaste(true);
            run.type("\u001c");
            assertThat(run.awaitExit()).isZero();
        }
    }

    @Test
    void aTerminalThatStoodStillIsShownTheNewestPictureAndNotAllThatLedToIt()
            throws IOException, InterruptedException, PtyStartException {
        host.spawn(
                "a",
                "echo ready; read line; yes past | head -c 3000000; echo; echo newest; read line; echo got:$line; sleep 100");
        try (PtyRun run = PtyRun.start(folder, 80, 24, "attach", "a")) {
            run.awaitScreen("ready");
            run.awaitNoLongerOnScreen("detaches");
            run.stopReading();
            run.type("\r");
            awaitPrinted("newest");
            run.readAgain();
            run.awaitScreen("newest");
            run.type("hi\r");
            run.awaitScreen("got:hi");
            assertThat(run.raw().length()).isLessThan(1_500_000);
        }
    }

    @Test
    void aTerminalThatStandsStillKeepsNobodyFromLeaving() throws IOException, InterruptedException, PtyStartException {
        host.spawn("a", "printf '\\033[?2004hready'; read line; yes past | head -c 3000000; echo newest; sleep 100");
        try (PtyRun leaving = PtyRun.start(folder, 80, 24, "attach", "a");
                PtyRun killed = PtyRun.start(folder, 80, 24, "attach", "a", "--read-only")) {
            for (PtyRun run : List.of(leaving, killed)) {
                run.awaitScreen("ready");
                run.awaitNoLongerOnScreen("detaches");
                run.stopReading();
            }
            leaving.type("\r");
            awaitPrinted("newest");
            leaving.type("\u001c");
            killed.signal(Signal.TERMINATE);
            assertThat(leaving.awaitEnd()).isZero();
            assertThat(killed.awaitEnd()).isEqualTo(143);
            for (PtyRun run : List.of(leaving, killed)) {
                run.readAgain();
                run.awaitBracketedPaste(false);
            }
        }
    }

    private void awaitPrinted(String text) throws IOException {
        HostRequest.Read all = new HostRequest.Read("a", 0, -1, true);
        try (HostReader reader = HostClient.read(folder.hostSocket(), all)) {
            String printed = "";
            while (!printed.contains(text)) {
                if (reader.next().orElseThrow() instanceof LogItem.Bytes(long _, byte[] bytes)) {
                    String tail = printed.substring(Math.max(0, printed.length() - text.length()));
                    printed = tail + new String(bytes, StandardCharsets.UTF_8);
                }
            }
        }
    }

    @Test
    void aWindowThatClosesEndsIt() throws IOException, InterruptedException, PtyStartException {
        host.spawn("a", "echo ready; read line; echo got:$line; sleep 100");
        try (PtyRun run = PtyRun.start(folder, 80, 24, "attach", "a")) {
            run.awaitScreen("ready");
            run.signal(Signal.HANGUP);
            assertThat(run.awaitExit()).isEqualTo(129);
        }
        host.type("a", "alive\r");
        try (PtyRun again = PtyRun.start(folder, 80, 24, "attach", "a")) {
            again.awaitScreen("got:alive");
        }
    }

    @Test
    void aKillPutsTheTerminalInOrderToo() throws IOException, InterruptedException, PtyStartException {
        host.spawn("a", "printf '\\033[?1049h\\033[?2004hready'; read line");
        try (PtyRun run = PtyRun.start(folder, 80, 24, "attach", "a")) {
            run.awaitScreen("ready");
            run.signal(Signal.TERMINATE);
            assertThat(run.awaitExit()).isEqualTo(143);
            assertThat(run.bracketedPaste()).isFalse();
        }
    }

    @Test
    void aSessionAtRestCannotBeAttached() {
        state = "stopped";
        assertThat(new CommandRun(folder).run("attach", "a"))
                .isEqualTo(new CommandRun.Result(3, "", "agentctl: a is stopped; start it with: agentctl start a\n"));
        supervisor.answer(new ControlReply.Refused(ExitCode.NO_SUCH_PROJECT, "no project b"));
        assertThat(new CommandRun(folder).run("attach", "b").code()).isEqualTo(4);
        supervisor.close();
        assertThat(new CommandRun(folder).run("attach", "b").code()).isEqualTo(5);
    }

    @Test
    void oneMayWaitForASessionThatIsAtRest() throws IOException, InterruptedException, PtyStartException {
        state = "stopped";
        assertThat(new CommandRun(folder).run("attach", "a", "--wait").code()).isEqualTo(2);
        try (PtyRun run = PtyRun.start(folder, 80, 24, "attach", "a", "--wait")) {
            run.awaitScreen("[waiting, Ctrl-C ends it: a is stopped; start it with: agentctl start a]");
            host.spawn("a", "echo ready; read line; echo got:$line; sleep 100");
            state = "idle";
            run.awaitScreen("ready");
            run.type("hi\r");
            run.awaitScreen("got:hi");
        }
        state = "stopped";
        try (PtyRun run = PtyRun.start(folder, 80, 24, "attach", "a", "--wait")) {
            run.awaitScreen("[waiting");
            run.type("\u0003");
            assertThat(run.awaitExit()).isEqualTo(130);
        }
    }

    @Test
    void withoutANameOneChoosesFromAList() throws IOException, InterruptedException, PtyStartException {
        host.spawn("a", "echo ready; sleep 100");
        supervisor.answer(request -> switch (request) {
            case ControlRequest.Status(Optional<String> project)
            when project.isEmpty() ->
                FakeSupervisor.report(
                        FakeSupervisor.session("b", "working"),
                        FakeSupervisor.session("a", state),
                        FakeSupervisor.session("c", "stopped"));
            case ControlRequest.ShowScreen show ->
                new ControlReply.Text("first\nlast of " + show.project() + "\n----\n");
            default -> answer(request);
        });
        assertThat(new CommandRun(folder).run("attach"))
                .isEqualTo(new CommandRun.Result(2, "", "agentctl: say which project: b, a, c\n"));
        try (PtyRun run = PtyRun.start(folder, 80, 24, "attach")) {
            run.awaitScreen("Attach to which project?");
            assertThat(run.screen())
                    .contains(
                            " 1  b  working            last of b\n 2  a  idle               last of a\n 3  c  stopped");
            // in one piece, as a slow line brings them
            run.type("\u001b[B\u001b[B\u001b[A\r");
            run.awaitScreen("attached to a;");
            run.awaitScreen("ready");
            run.type("\u001c");
            assertThat(run.awaitExit()).isZero();
        }
        try (PtyRun run = PtyRun.start(folder, 80, 24, "attach")) {
            run.awaitScreen("Attach to which project?");
            run.type("q");
            assertThat(run.awaitExit()).isZero();
        }
    }

    @Test
    void withoutATerminalThereIsNothingToAttach() throws IOException, InterruptedException, PtyStartException {
        host.spawn("a", "sleep 100");
        assertThat(new CommandRun(folder).run("attach", "a"))
                .isEqualTo(new CommandRun.Result(
                        2, "", "agentctl: attach needs a terminal at both ends; without one see: agentctl screen a\n"));
    }
}

package dev.agentctl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentctl.control.ControlReply;
import dev.agentctl.control.ControlRequest;
import dev.agentctl.pty.PtyStartException;
import dev.agentctl.wire.StateFolder;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `attach --status-line`: the window but for its last row is the program's.
@Timeout(180)
class AttachStatusLineTest {
    private static final String FULL_ROW = "0123456789".repeat(8);

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

    private ControlReply answer(ControlRequest request) {
        return request instanceof ControlRequest.Redraw redraw
                ? picture.painted(redraw.historyLines())
                : FakeSupervisor.report(FakeSupervisor.session("a", state));
    }

    @AfterEach
    void close() {
        picture.close();
        supervisor.close();
        host.close();
    }

    private PtyRun attach() throws PtyStartException {
        return PtyRun.start(folder, 80, 24, "attach", "a", "--status-line");
    }

    @Test
    void theLineNamesStateQueueAndKeyAndFollowsThem() throws IOException, InterruptedException, PtyStartException {
        host.spawn("a", "echo ready; while read line; do echo got:$line; done");
        try (PtyRun run = attach()) {
            run.awaitLastRow(" a · idle (hook Stop at 14:02:11) · 1 queued");
            assertThat(run.lastRow()).endsWith(" Ctrl-\\ detaches");
            run.awaitScreen("ready");
            state = "working";
            run.type("hi\r");
            run.awaitScreen("got:hi");
            run.awaitLastRow(" a · working ");
            supervisor.close();
            run.awaitLastRow(" a · no supervisor");
            run.type("again\r");
            run.awaitScreen("got:again");
        }
    }

    @Test
    void theLineTellsWhoElseIsHereAsTheyComeAndGo() throws IOException, InterruptedException, PtyStartException {
        host.spawn("a", "echo ready; sleep 100");
        try (PtyRun first = PtyRun.start(folder, 120, 24, "attach", "a", "--status-line")) {
            first.awaitLastRow(" a · idle (hook Stop at 14:02:11) · 1 queued  ");
            String person = " on /dev/pts/";
            try (PtyRun second = attach()) {
                first.awaitLastRow(" a · idle (hook Stop at 14:02:11) · 1 queued · also here: "
                        + System.getProperty("user.name") + person);
                second.awaitLastRow(" a · idle (hook Stop at 14:02:11) · 1 queued · 1 more here  ");
                second.type("\u001c");
                assertThat(second.awaitExit()).isZero();
            }
            first.awaitLastRow(" a · idle (hook Stop at 14:02:11) · 1 queued  ");
        }
    }

    @Test
    void theProgramHasOneRowLessAndCannotReachTheLine() throws IOException, InterruptedException, PtyStartException {
        host.spawn(
                "a",
                "next() { read line; }; next; stty size; next; printf '\\033[r\\033[2J\\033[999;999H\\033[5Dcorner'; next;"
                        + " i=0; while [ $i -lt 60 ]; do echo row$i; i=$((i+1)); done; next;"
                        + " printf '\\033[?1049h\\033[2J\\033[H%s\\033[999;1Hbottom' " + FULL_ROW + "; next;"
                        + " printf '\\033c'; echo over; sleep 100");
        try (PtyRun run = attach()) {
            for (String shown : new String[] {"23 80", "corner", "row59", "bottom", "over"}) {
                run.awaitLastRow(" a · idle");
                run.type("\r");
                run.awaitScreen(shown);
                assertThat(run.lastRow()).startsWith(" a · idle").endsWith("detaches");
                if (shown.equals("bottom")) {
                    assertThat(run.screen()).startsWith(FULL_ROW + "\n").contains("\nbottom\n a · idle");
                }
            }
            assertThat(run.screen()).doesNotContain("bottom");
        }
    }

    @Test
    void theLineMovesWithTheWindow() throws IOException, InterruptedException, PtyStartException {
        host.spawn("a", "while read line; do stty size; done");
        try (PtyRun run = attach()) {
            run.awaitLastRow(" a · idle");
            run.resize(60, 12);
            run.awaitLastRow(" a · idle");
            run.type("\r");
            run.awaitScreen("11 60");
            assertThat(run.lastRow()).startsWith(" a · idle");
        }
    }

    @Test
    void theModesAreTheProgramsUntilOneDetaches() throws IOException, InterruptedException, PtyStartException {
        host.spawn(
                "a",
                "printf '\\033[?2004h\\033[?1002h\\033[?1006h\\033[?1h\\033[?1004h\\033[>5u\\033[4 q'; echo on;"
                        + " read line; printf '\\033[?2004l\\033[?1002l'; echo off; sleep 100");
        try (PtyRun run =
                PtyRun.inShell(folder, "echo before; \"$@\"; echo code:$?; stty -a", "attach", "a", "--status-line")) {
            String fresh = run.inputModes();
            run.awaitLastRow(" a · idle");
            run.awaitScreen("on");
            assertThat(run.alternateScreen()).isTrue();
            assertThat(run.inputModes())
                    .contains("\u001b[?1h", "\u001b[?1004h", "\u001b[?2004h", "\u001b[?1002h\u001b[?1006h")
                    .contains("\u001b[=5;1u", "\u001b[4 q");
            run.type("\r");
            run.awaitScreen("off");
            assertThat(run.bracketedPaste()).isFalse();
            assertThat(run.inputModes()).contains("\u001b[?1h").doesNotContain("\u001b[?1002h");
            run.type("\u001c");
            assertThat(run.awaitExit()).isZero();
            assertThat(run.alternateScreen()).isFalse();
            assertThat(run.inputModes()).isEqualTo(fresh);
            assertThat(run.screen())
                    .startsWith("before\n[detached from a; back with: agentctl attach a]\ncode:0\n")
                    .contains(" icanon ")
                    .doesNotContain("a · idle");
        }
    }
}

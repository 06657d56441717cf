package dev.agentctl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentctl.pty.PtyStartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What the person at the terminal sees and types, and how they leave.
@Timeout(120)
class AttachTest {
    private final Path temporary;

    @AutoClose
    private final AttachUnderTest test;

    AttachTest(@TempDir Path temporary) throws IOException, InterruptedException {
        this.temporary = temporary;
        test = new AttachUnderTest(temporary);
    }

    @Test
    void thePictureIsShownAndTheKeysGoToTheAgent() throws IOException, InterruptedException, PtyStartException {
        test.host.spawn("a", "echo before; read line; echo got:$line; read line");
        try (PtyRun run = PtyRun.start(test.folder, 80, 24, "attach", "a")) {
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
        test.host.spawn("a", "echo ready; read line");
        try (PtyRun run = PtyRun.inShell(test.folder, "PATH='" + programs + "':$PATH; exec \"$@\"", "attach", "a")) {
            // it lies over the first line for two seconds
            run.awaitScreen("detaches");
            run.type("\u001c");
            assertThat(run.awaitExit()).isZero();
        }
        assertThat(ran).doesNotExist();
    }

    @Test
    void theWheelDoesAfterwardsWhatItDidBefore() throws IOException, InterruptedException, PtyStartException {
        test.host.spawn("a", "printf '\\033[?1007hready'; read line; printf '\\033[?1007lgo'; read line");
        for (String before : List.of("h", "l")) {
            String script = "printf '\\033[?1007" + before + "\\033[?1049hshell'; printf '\\033[?1049l'; \"$@\";"
                    + " printf '\\033[?1049h'";
            try (PtyRun run = PtyRun.inShell(test.folder, script, "attach", "a")) {
                run.awaitScreen("detaches");
                run.type("\r\u001c");
                assertThat(run.awaitExit()).isZero();
                assertThat(run.inputModes()).contains("\u001b[?1007" + before);
            }
        }
    }

    @Test
    void detachingLeavesTheAgentRunningAndTheTerminalInOrder()
            throws IOException, InterruptedException, PtyStartException {
        test.host.spawn("a", "printf '\\033[?2004h\\033[?1000hready'; read line; echo got:$line; read line");
        try (PtyRun run = PtyRun.inShell(test.folder, "\"$@\"; echo code:$?; stty -a", "attach", "a")) {
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
        test.host.type("a", "\r");
        try (PtyRun again = PtyRun.start(test.folder, 80, 24, "attach", "a")) {
            again.awaitScreen("got:lost");
        }
    }

    @Test
    void whatANewTerminalCanDoReachesTheAgentAndEndsWithTheAttachment()
            throws IOException, InterruptedException, PtyStartException {
        test.host.spawn(
                "a",
                "stty raw -echo; printf '\\033[>5u\\033[?1004h\\033[?1003h\\033[?1006h\\033[38;2;18;52;86mpainted';"
                        + " od -An -tx1 -N 21 | tr -d '\\n'; printf '\\033[?1049h\\033[>7u\\033[48;2;1;2;3mlive\\033[0m';"
                        + " exec sleep 100");
        try (PtyRun run = PtyRun.inShell(test.folder, "echo before; \"$@\"; echo code:$?; stty -a", "attach", "a")) {
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
        test.host.spawn("a", "echo ready; exec sleep 100");
        try (PtyRun run = PtyRun.start(test.folder, 80, 24, "attach", "a", "--detach-key", "C-]")) {
            run.awaitScreen("Ctrl-] detaches");
            run.type("\u001d");
            assertThat(run.awaitExit()).isZero();
        }
        try (PtyRun run = PtyRun.inShell(test.folder, "AGENTCTL_DETACH_KEY=C-a \"$@\"", "attach", "a")) {
            run.awaitScreen("Ctrl-A detaches");
            run.type("\u0001");
            assertThat(run.awaitExit()).isZero();
        }
        CommandRun.Result refused = new CommandRun(test.folder).run("attach", "a", "--detach-key", "x");
        assertThat(refused.code()).isEqualTo(2);
    }

    @Test
    void everyOtherControlKeyIsTheAgents() throws IOException, InterruptedException, PtyStartException {
        test.host.spawn("a", "stty raw -echo; echo ready; dd bs=1 count=5 2>/dev/null | od -An -tx1; sleep 100");
        try (PtyRun run = PtyRun.start(test.folder, 80, 24, "attach", "a")) {
            run.awaitScreen("ready");
            run.type("\u001a\u0003\u0011\u0013\r");
            run.awaitScreen("1a 03 11 13 0d");
        }
    }

    @Test
    void readOnlySendsNothing() throws IOException, InterruptedException, PtyStartException {
        test.host.spawn("a", "echo ready; read line; stty size; echo got:$line; sleep 100");
        try (PtyRun run = PtyRun.start(test.folder, 100, 30, "attach", "a", "--read-only")) {
            run.awaitScreen("attached to a, read-only (made for 80x24); Ctrl-\\ detaches");
            run.type("evil\r");
            test.host.type("a", "good\r");
            run.awaitScreen("got:good");
            assertThat(run.screen()).contains("24 80");
            run.type("\u001c");
            assertThat(run.awaitExit()).isZero();
        }
    }

    @Test
    void questionsOfTheAgentDoNotReachTheTerminal() throws IOException, InterruptedException, PtyStartException {
        test.host.spawn("a", "read line; printf '\\033[c\\033[6n\\033]52;c;eA==\\007after'; sleep 100");
        try (PtyRun run = PtyRun.start(test.folder, 80, 24, "attach", "a")) {
            run.awaitScreen("detaches");
            run.type("\r");
            run.awaitScreen("after");
            assertThat(run.raw()).doesNotContain("\u001b[c", "\u001b[6n", "\u001b]52");
        }
    }
}

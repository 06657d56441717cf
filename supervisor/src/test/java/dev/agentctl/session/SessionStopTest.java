package dev.agentctl.session;

import static dev.agentctl.session.ScriptedProject.RECORDER;
import static dev.agentctl.session.SessionsUnderTest.awaitScreen;
import static dev.agentctl.session.SessionsUnderTest.awaitWord;
import static org.assertj.core.api.Assertions.assertThat;

import dev.agentctl.project.AgentKind;
import dev.agentctl.pty.Signal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// How a session is stopped.
@Timeout(60)
class SessionStopTest {
    @AutoClose
    private final SessionsUnderTest test;

    SessionStopTest(@TempDir Path temporary) throws IOException {
        test = new SessionsUnderTest(temporary);
    }

    @Test
    void aStopInAnOpenDialogPressesNoEnter() throws IOException, InterruptedException {
        Session session = test.supervise(test.project(AgentKind.CLAUDE, RECORDER));
        awaitScreen(session, "<READY>");
        test.hook(session, "PermissionRequest");
        awaitWord(session, "awaiting-approval");
        test.sessions.stop(session);
        awaitWord(session, "stopped");
        assertThat(awaitScreen(session, "<TERM>")).doesNotContain("<ENTER>").doesNotContain("exit");
    }

    @Test
    void aStopOfAnIdleAgentAsksInItsOwnWay() throws IOException, InterruptedException {
        Session session = test.supervise(test.project(AgentKind.CLAUDE, RECORDER));
        awaitScreen(session, "<READY>");
        test.hook(session, "Stop");
        awaitWord(session, "idle");
        test.sessions.stop(session);
        awaitWord(session, "stopped");
        assertThat(awaitScreen(session, "<TERM>")).contains("/exit").contains("<ENTER>");
    }

    /// As by Ctrl-Z or a debugger: what it is told it hears only when it goes on.
    @Test
    void aStopReachesAProgramThatStandsStill() throws IOException, InterruptedException {
        Session session = test.supervise(test.project(AgentKind.COMMAND, RECORDER));
        awaitScreen(session, "<READY>");
        long pid = awaitWord(session, "running").state().childPid();
        assertThat(Signal.STOP.send(pid)).isTrue();
        awaitStopped(pid);
        test.sessions.stop(session);
        awaitWord(session, "stopped");
        assertThat(awaitScreen(session, "<TERM>")).doesNotContain("<ENTER>");
        assertThat(session.lastExit().status()).hasValue(143);
    }

    private static void awaitStopped(long pid) throws IOException, InterruptedException {
        Path stat = Path.of("/proc/" + pid + "/stat");
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!Files.readString(stat).contains(") T ")) {
            assertThat(System.nanoTime()).as(Files.readString(stat)).isLessThan(deadline);
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }
}

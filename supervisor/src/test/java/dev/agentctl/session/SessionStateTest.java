package dev.agentctl.session;

import static dev.agentctl.session.ScriptedProject.PRINTER;
import static dev.agentctl.session.ScriptedProject.RECORDER;
import static dev.agentctl.session.SessionsUnderTest.await;
import static dev.agentctl.session.SessionsUnderTest.awaitScreen;
import static dev.agentctl.session.SessionsUnderTest.awaitWord;
import static org.assertj.core.api.Assertions.assertThat;

import dev.agentctl.project.AgentKind;
import dev.agentctl.project.Project;
import dev.agentctl.pty.Signal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What a session is taken to do, by what its agent reports, prints, and keeps to itself.
@Timeout(60)
class SessionStateTest {
    @AutoClose
    private final SessionsUnderTest test;

    SessionStateTest(@TempDir Path temporary) throws IOException {
        test = new SessionsUnderTest(temporary);
    }

    /// An interrupted turn has no hook of its own, and its last tool's may come after the print that it is over.
    @Test
    void aToolsHookThatComesAfterThePrintDoesNotHideIt() throws IOException, InterruptedException {
        Session session = test.supervise(test.project(AgentKind.CLAUDE, PRINTER));
        awaitScreen(session, "<READY>");
        test.hook(session, "UserPromptSubmit");
        awaitWord(session, "working");
        session.press(new byte[] {'i'}).join();
        awaitScreen(session, "<PRINTED>");
        test.hook(session, "PostToolUseFailure");
        assertThat(awaitWord(session, "idle").evidence()).contains("OSC 7501");
    }

    /// As after the kill of a host: no checkpoint stands at the end of the child before.
    @Test
    void whatAFormerChildPrintedIsNotTheNextOnes() throws IOException, InterruptedException {
        Project project = test.project(AgentKind.CLAUDE, PRINTER);
        Session session = test.supervise(project);
        awaitScreen(session, "<READY>");
        session.press(new byte[] {'i'}).join();
        long before = awaitWord(session, "idle").state().childPid();
        assertThat(Signal.KILL.send(before)).isTrue();
        await(
                session,
                "in its next life",
                view -> view.model().restarts() == 1 && view.state().childPid() > before);
        awaitScreen(session, "<READY>");
        test.endSupervisor();
        Files.deleteIfExists(test.folder.session("a").resolve("checkpoint"));
        Session next = test.supervise(project);
        awaitScreen(next, "<READY>");
        assertThat(await(next, "looked at", _ -> true).state().word()).isEqualTo("starting");
    }

    @Test
    void aShorterTimeToBeStuckCountsAtOnce() throws IOException, InterruptedException {
        ScriptedProject scripted = test.scripted(AgentKind.CLAUDE, RECORDER);
        Session session = test.supervise(scripted.project());
        awaitScreen(session, "<READY>");
        test.hook(session, "UserPromptSubmit");
        awaitWord(session, "working");
        session.reconfigure(scripted.stuckAfter(Duration.ofSeconds(1)).project());
        awaitWord(session, "stuck");
    }
}

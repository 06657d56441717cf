package dev.agentctl.session;

import static dev.agentctl.session.ScriptedProject.RECORDER;
import static dev.agentctl.session.SessionsUnderTest.await;
import static dev.agentctl.session.SessionsUnderTest.awaitWord;
import static org.assertj.core.api.Assertions.assertThat;

import dev.agentctl.agent.Environment;
import dev.agentctl.host.HostReply;
import dev.agentctl.host.HostRequest;
import dev.agentctl.project.AgentKind;
import dev.agentctl.project.Configuration;
import dev.agentctl.project.McpSettings;
import dev.agentctl.project.Project;
import dev.agentctl.project.Sandbox;
import dev.agentctl.pty.Signal;
import dev.agentctl.store.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The sessions of one supervisor: which there are, and what concerns them all.
@Timeout(60)
class SessionsTest {
    private final Path temporary;

    @AutoClose
    private final SessionsUnderTest test;

    SessionsTest(@TempDir Path temporary) throws IOException {
        this.temporary = temporary;
        test = new SessionsUnderTest(temporary);
    }

    @Test
    void aProjectThatIsConfiguredNoMoreRunsUntilItIsStopped() throws IOException, InterruptedException {
        Project project = test.project(AgentKind.COMMAND, "#!/bin/sh\nexec sleep 1000");
        Session session = test.supervise(project);
        long pid = awaitWord(session, "running").state().childPid();
        assertThat(test.sessions.remove("a")).isFalse();
        test.sessions.reconfigure(new Configuration(
                temporary.resolve("a.yaml"), Optional.empty(), McpSettings.DEFAULT, List.of(project)));
        test.sessions.restart(session);
        await(
                session,
                "another child",
                view -> view.state().childPid() != 0 && view.state().childPid() != pid);
        assertThat(test.sessions.find("a")).as("configured again in time").contains(session);
        assertThat(test.sessions.remove("a")).isFalse();
        assertThat(test.sessions.find("a")).contains(session);
        test.sessions.stop(session);
        awaitWord(session, "stopped");
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (test.sessions.find("a").isPresent()) {
            assertThat(System.nanoTime()).as("it is still there").isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    @Test
    void aRefusedDeletionLeavesAWorkingSession() throws IOException, InterruptedException {
        Session session = test.supervise(test.project(AgentKind.COMMAND, RECORDER));
        await(session, "started", view -> view.state().childPid() != 0);
        try {
            test.sessions.delete(session);
            throw new AssertionError("a running session was deleted");
        } catch (IOException expected) {
            assertThat(expected).hasMessageContaining("running");
        }
        Session again = test.sessions.find("a").orElseThrow();
        assertThat(await(again, "at work", _ -> true).model().generation()).isEqualTo(1);
        supervisedAnew(again);
    }

    /// A session that was made anew learns of its child when the supervisor's connection is made anew.
    private void supervisedAnew(Session session) throws IOException, InterruptedException {
        Project project = session.view().project();
        test.endSupervisor();
        Session next = test.supervise(project);
        await(next, "adopted", view -> view.state().childPid() != 0);
    }

    /// The machine is tried while what is left of a former child is ended, which must not end the trial.
    @Test
    void theTrialOfASandboxIsNotOneOfTheSessionsProcesses() throws IOException, InterruptedException {
        Path tried = temporary.resolve("tried");
        ScriptedProject.program(
                temporary, "bwrap", "#!/bin/sh\nenv >> '" + tried + "'\necho ======== >> '" + tried + "'");
        Session session = test.supervise(test.scripted(AgentKind.COMMAND, "#!/bin/sh")
                .sandboxed(Map.of("PATH", temporary + ":/usr/bin:/bin"), new Sandbox(List.of(), List.of(), true))
                .project());
        awaitWord(session, "exited");
        String[] environments = Files.readString(tried).split("========", -1);
        assertThat(environments[0]).doesNotContain(Environment.SESSION_COOKIE);
        assertThat(environments[1]).contains(Environment.SESSION_COOKIE);
    }

    @Test
    void anUnusableFolderCostsASessionItsLogOnDiskOnly() throws IOException, InterruptedException {
        Session session = test.supervise(test.project(AgentKind.COMMAND, RECORDER));
        await(session, "started", view -> view.state().childPid() != 0);
        Files.writeString(test.folder.path().resolve("sessions").resolve("b"), "in the way");
        HostReply reply = test.link
                .send(new HostRequest.Spawn("b", 1, List.of("/bin/true"), "/", Map.of(), 80, 24))
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
        assertThat(reply).isInstanceOf(HostReply.Spawned.class);
        assertThat(await(session, "looked at", _ -> true).model().generation()).isEqualTo(1);
        assertThat(test.notices).isEmpty();
    }

    @Test
    void whatTheDiskDoesNotTakeDoesNotStopASession() throws IOException, InterruptedException {
        Session session = test.supervise(test.project(AgentKind.COMMAND, RECORDER));
        SessionView before = await(session, "started", view -> view.state().childPid() != 0);
        test.database.close();
        assertThat(Signal.KILL.send(before.state().childPid())).isTrue();
        await(session, "in its next life", view -> view.model().restarts() == 1);
        test.database = Database.open(test.folder.database());
    }
}

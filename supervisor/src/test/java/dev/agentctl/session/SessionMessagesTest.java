package dev.agentctl.session;

import static dev.agentctl.session.ScriptedProject.RECORDER;
import static dev.agentctl.session.SessionsUnderTest.await;
import static dev.agentctl.session.SessionsUnderTest.awaitScreen;
import static dev.agentctl.session.SessionsUnderTest.awaitWord;
import static dev.agentctl.session.SessionsUnderTest.payload;
import static org.assertj.core.api.Assertions.assertThat;

import dev.agentctl.host.HostReply;
import dev.agentctl.project.AgentKind;
import dev.agentctl.project.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// When a message is typed into a session, and what is queued for it.
@Timeout(60)
class SessionMessagesTest {
    @AutoClose
    private final SessionsUnderTest test;

    SessionMessagesTest(@TempDir Path temporary) throws IOException {
        test = new SessionsUnderTest(temporary);
    }

    @Test
    void aStateThatHasPassedMeanwhileIsNoTimeToType() throws IOException, InterruptedException {
        Project project = test.project(AgentKind.CLAUDE, RECORDER);
        Session session = test.supervise(project);
        awaitScreen(session, "<READY>");
        test.hook(session, "UserPromptSubmit");
        awaitWord(session, "working");
        test.sessions.send(session, "afar", Optional.empty(), "key");
        test.endSupervisor();
        Path kept = test.folder.run("a").resolve("hooks");
        Files.writeString(kept.resolve("1.json"), payload("Stop"));
        Files.writeString(kept.resolve("2.json"), payload("UserPromptSubmit"));
        Session next = test.supervise(project);
        awaitWord(next, "working");
        assertThat(test.queue.underWay("a")).isEmpty();
        assertThat(next.look().text()).doesNotContain("afar");
        test.hook(next, "Stop");
        assertThat(awaitScreen(next, "<ENTER>")).contains("afar");
    }

    @Test
    void aMessageWaitsWhileAPersonTypes() throws IOException, InterruptedException {
        Session session = test.supervise(test.project(AgentKind.COMMAND, RECORDER));
        awaitScreen(session, "<READY>");
        test.sessions.personTyped(new HostReply.PersonTyped("a", true));
        test.sessions.send(session, "afar", Optional.empty(), "key");
        assertThat(await(session, "looked at", _ -> true).state().word()).isEqualTo("running");
        assertThat(test.queue.waiting("a")).isEqualTo(1);
        assertThat(session.evidence()).endsWith("a person has an unsent draft at its terminal");
        assertThat(session.look().text()).doesNotContain("afar");
        // the draft is submitted, and a little later the terminal is free
        test.sessions.personTyped(new HostReply.PersonTyped("a", false));
        assertThat(awaitScreen(session, "<ENTER>")).contains("afar");
        assertThat(session.evidence()).doesNotContain("person");
    }

    @Test
    void aFirstPromptIsQueuedOnceHoweverOftenTheStartFails() throws IOException, InterruptedException {
        Session session = test.supervise(test.scripted(AgentKind.CLAUDE, "#!/bin/sh\nexit 1\n")
                .prompted("begin")
                .project());
        awaitWord(session, "failed");
        assertThat(session.view().model().generation()).isGreaterThan(1);
        assertThat(test.queue.waiting("a")).isEqualTo(1);
        assertThat(test.queue.head("a").map(Message::text)).contains("begin");
    }

    @Test
    void aFirstPromptIsSaidAgainAfterADeletion() throws IOException, InterruptedException {
        Session session = test.supervise(
                test.scripted(AgentKind.COMMAND, RECORDER).prompted("begin").project());
        awaitScreen(session, "<ENTER>");
        test.sessions.stop(session);
        awaitWord(session, "stopped");
        test.sessions.delete(session);
        Session again = test.sessions.find("a").orElseThrow();
        assertThat(again.view().memory()).isEqualTo(Memory.BLANK);
        test.sessions.start(again, false);
        assertThat(awaitScreen(again, "<ENTER>")).contains("begin");
    }
}

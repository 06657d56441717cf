package dev.agentctl.session;

import static dev.agentctl.session.ScriptedProject.RECORDER;
import static dev.agentctl.session.SessionsUnderTest.await;
import static dev.agentctl.session.SessionsUnderTest.awaitScreen;
import static dev.agentctl.session.SessionsUnderTest.awaitWord;
import static org.assertj.core.api.Assertions.assertThat;

import dev.agentctl.project.AgentKind;
import dev.agentctl.project.OnCrash;
import dev.agentctl.project.Project;
import dev.agentctl.pty.Signal;
import dev.agentctl.session.Effect.Notice;
import dev.agentctl.store.SessionTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What a session's next child takes up of the one that was killed.
@Timeout(60)
class NextChildTest {
    private final Path temporary;

    @AutoClose
    private final SessionsUnderTest test;

    NextChildTest(@TempDir Path temporary) throws IOException {
        this.temporary = temporary;
        test = new SessionsUnderTest(temporary);
    }

    @Test
    void oneSaveStandsBetweenACrashAndTheNextChild() throws IOException, InterruptedException {
        Session session = test.supervise(test.project(AgentKind.COMMAND, "#!/bin/sh\nexec sleep 1000"));
        long pid = awaitWord(session, "running").state().childPid();
        test.saves.clear();
        test.ahead = Duration.ofSeconds(61);
        assertThat(ProcessHandle.of(pid).orElseThrow().destroyForcibly()).isTrue();
        SessionView next = await(
                session,
                "started again",
                view -> view.model().restarts() == 1
                        && view.state().childPid() != 0
                        && view.state().childPid() != pid);
        assertThat(test.saves).containsExactly(next.memory());
        assertThat(new SessionTable(test.database).all().get("a")).isEqualTo(next.memory());
        assertThat(next.memory().generation()).isEqualTo(2);
        assertThat(next.memory().restarts()).isEqualTo(1);
        assertThat(test.notices)
                .as("told after the next child was started, and before it is said to run")
                .first()
                .isInstanceOf(Notice.Crashed.class);
    }

    @Test
    void aPromptFromTheTerminalIsNotTakenForTheLastMessage() throws IOException, InterruptedException {
        Project project = test.project(AgentKind.CLAUDE, RECORDER);
        Session session = test.supervise(project);
        awaitScreen(session, "<READY>");
        test.hook(session, "Stop");
        awaitWord(session, "idle");
        test.sessions.send(session, "count the pears", Optional.empty(), "key");
        awaitScreen(session, "<ENTER>");
        Path file = Files.writeString(temporary.resolve("c2.jsonl"), "{}\n");
        String prompt = "{\"hook_event_name\":\"UserPromptSubmit\",\"session_id\":\"%s\",\"transcript_path\":\"" + file
                + "\",\"prompt\":\"%s\"}";
        test.hookSays(session, prompt.formatted("c1", "count the pears"));
        test.hook(session, "Stop");
        test.hookSays(session, prompt.formatted("c2", "count the plums"));
        long before = awaitWord(session, "working").state().childPid();
        killAndAwaitNext(session, before);
        String words = test.queue.pending("a").getFirst().text();
        assertThat(words).contains("in the middle of your work").doesNotContain("pears");
    }

    @Test
    void aConversationThatAnotherProcessHasIsLeftToIt() throws IOException, InterruptedException {
        Session session = test.supervise(test.project(AgentKind.CLAUDE, RECORDER));
        awaitScreen(session, "<READY>");
        Path file = Files.writeString(temporary.resolve("c9.jsonl"), "{}\n");
        test.hookSays(
                session,
                "{\"hook_event_name\":\"UserPromptSubmit\",\"session_id\":\"c9\",\"transcript_path\":\"" + file
                        + "\",\"prompt\":\"x\"}");
        long before = awaitWord(session, "working").state().childPid();
        Process other = new ProcessBuilder("bash", "-c", "read -r line; :", "claude", "--resume", "c9").start();
        try {
            assertThat(Signal.KILL.send(before)).isTrue();
            assertThat(awaitWord(session, "failed").evidence())
                    .startsWith("process " + other.pid() + " has its conversation open; end that");
        } finally {
            other.destroyForcibly().waitFor();
        }
        test.sessions.start(session, false);
        await(session, "started", view -> view.state().childPid() != 0);
        assertThat(session.view().memory().conversation()).contains("c9");
    }

    @Test
    void aConversationThatAPersonWentBackToIsResumed() throws IOException, InterruptedException {
        Session session = test.supervise(test.project(AgentKind.CLAUDE, RECORDER));
        awaitScreen(session, "<READY>");
        test.hook(session, "Stop");
        long before = awaitWord(session, "idle").state().childPid();
        Path file = Files.writeString(
                temporary.resolve("c9.jsonl"), "{\"type\":\"user\",\"message\":{\"content\":\"count the beans\"}}\n");
        test.hookSays(
                session,
                "{\"hook_event_name\":\"SessionStart\",\"source\":\"resume\",\"session_id\":\"c9\",\"transcript_path\":\""
                        + file + "\"}");
        SessionView after = killAndAwaitNext(session, before);
        assertThat(after.memory().conversation()).contains("c9");
    }

    @Test
    void whatIsLeftIsToldWhenTheAgentIsThereAgain() throws IOException, InterruptedException {
        Project project =
                test.scripted(AgentKind.CLAUDE, RECORDER).after(OnCrash.IDLE).project();
        Session session = test.supervise(project);
        awaitScreen(session, "<READY>");
        test.hook(session, "UserPromptSubmit");
        long before = awaitWord(session, "working").state().childPid();
        Path program = project.executable().map(Path::of).orElseThrow();
        Path aside = Files.move(program, temporary.resolve("aside"));
        assertThat(Signal.KILL.send(before)).isTrue();
        awaitWord(session, "failed");
        assertThat(test.notices).noneMatch(Notice.LeftIdle.class::isInstance);
        Files.move(aside, program);
        test.sessions.start(session, false);
        await(session, "started", view -> view.state().childPid() != 0);
        assertThat(await(session, "looked at", _ -> true)).isNotNull();
        assertThat(test.notices).filteredOn(Notice.LeftIdle.class::isInstance).hasSize(1);
    }

    @Test
    void theSameConversationIsClaimedOnlyOfOneThatIsResumed() throws IOException, InterruptedException {
        Session session = test.supervise(test.project(AgentKind.CLAUDE, RECORDER));
        awaitScreen(session, "<READY>");
        test.hook(session, "Stop");
        killAndAwaitNext(session, awaitWord(session, "idle").state().childPid());
        test.hook(session, "Stop");
        assertThat(test.notices).contains(new Notice.Recovered(false)).doesNotContain(new Notice.Recovered(true));
        Path transcript = Files.writeString(temporary.resolve("talk.jsonl"), "{}");
        test.hookSays(session, """
                {"hook_event_name":"SessionStart","session_id":"s-1","transcript_path":"%s"}""".formatted(transcript));
        test.hook(session, "UserPromptSubmit");
        test.hook(session, "Stop");
        killAndAwaitNext(session, awaitWord(session, "idle").state().childPid());
        test.hook(session, "Stop");
        assertThat(test.notices).contains(new Notice.Recovered(true));
    }

    private static SessionView killAndAwaitNext(Session session, long before) {
        assertThat(Signal.KILL.send(before)).isTrue();
        return await(
                session,
                "in its next life",
                view -> view.state().childPid() != 0 && view.state().childPid() != before);
    }
}

package dev.agentctl.session;

import static dev.agentctl.session.ScriptedProject.RECORDER;
import static dev.agentctl.session.SessionsUnderTest.awaitScreen;
import static dev.agentctl.session.SessionsUnderTest.awaitWord;
import static org.assertj.core.api.Assertions.assertThat;

import dev.agentctl.project.AgentKind;
import dev.agentctl.project.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What an agent reports while nothing can be kept, as on a full disk.
@Timeout(180)
class UnkeptReportTest {
    private static final String DONE =
            "{\"hook_event_name\":\"Stop\",\"session_id\":\"c1\",\"last_assistant_message\":\"all done\"}";

    @AutoClose
    private final SessionsUnderTest test;

    UnkeptReportTest(@TempDir Path temporary) throws IOException {
        test = new SessionsUnderTest(temporary);
    }

    @AfterEach
    void keepAgain() {
        test.keeps(true);
    }

    @Test
    void theEndOfATurnCountsAtOnceAndItsWordsAreToldWhenThereIsRoom() throws IOException, InterruptedException {
        Session session = test.supervise(test.project(AgentKind.CLAUDE, RECORDER));
        awaitScreen(session, "<READY>");
        test.hook(session, "UserPromptSubmit");
        awaitWord(session, "working");
        test.keeps(false);
        test.hookSays(session, DONE);
        awaitWord(session, "idle");
        test.keeps(true);
        awaitWords();
    }

    @Test
    void aChildIsTakenUpByASupervisorThatCanKeepNothing() throws IOException, InterruptedException {
        Project project = test.project(AgentKind.CLAUDE, RECORDER);
        Session session = test.supervise(project);
        awaitScreen(session, "<READY>");
        test.hook(session, "UserPromptSubmit");
        long pid = awaitWord(session, "working").state().childPid();
        test.endSupervisor();
        Files.writeString(test.folder.run("a").resolve("hooks").resolve("1.json"), DONE);
        test.keeps(false);
        Session next = test.supervise(project);
        assertThat(awaitWord(next, "idle").state().childPid()).isEqualTo(pid);
        test.keeps(true);
        awaitWords();
    }

    @Test
    void aLimitedAgentIsToldToGoOnWhenThereIsRoom() throws IOException, InterruptedException {
        Session session = test.supervise(test.project(AgentKind.CLAUDE, RECORDER));
        awaitScreen(session, "<READY>");
        test.hook(session, "UserPromptSubmit");
        awaitWord(session, "working");
        test.hookSays(session, limited(Instant.now().getEpochSecond() + 3_600));
        awaitWord(session, "limited");
        test.keeps(false);
        test.sessions.retry(session);
        awaitWord(session, "idle");
        // after what was done at once
        test.hook(session, "Unheard");
        test.keeps(true);
        awaitScreen(session, "youweredoing");
    }

    private static String limited(long end) {
        return "{\"hook_event_name\":\"StopFailure\",\"session_id\":\"c1\",\"error\":\"rate_limit\","
                + "\"last_assistant_message\":\"usage limit reached|" + end + "\"}";
    }

    private void awaitWords() throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        List<Message> words = test.queue.pending("chat");
        while (words.isEmpty()) {
            assertThat(System.nanoTime()).as("nothing was told").isLessThan(deadline);
            TimeUnit.MILLISECONDS.sleep(10);
            words = test.queue.pending("chat");
        }
        assertThat(words).extracting(Message::text).containsExactly("all done");
    }
}

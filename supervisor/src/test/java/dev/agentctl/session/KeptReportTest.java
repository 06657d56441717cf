package dev.agentctl.session;

import static dev.agentctl.session.ScriptedProject.RECORDER;
import static dev.agentctl.session.SessionsUnderTest.await;
import static dev.agentctl.session.SessionsUnderTest.awaitScreen;
import static dev.agentctl.session.SessionsUnderTest.awaitWord;
import static dev.agentctl.session.SessionsUnderTest.payload;
import static org.assertj.core.api.Assertions.assertThat;

import dev.agentctl.project.AgentKind;
import dev.agentctl.project.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What a hook kept because nobody said that it was taken, though the supervisor lives, or had taken it before it
/// ended.
@Timeout(180)
class KeptReportTest {
    private static final String PROMPT = payload("UserPromptSubmit");
    private static final String DONE =
            "{\"hook_event_name\":\"Stop\",\"session_id\":\"c1\",\"last_assistant_message\":\"done\"}";

    @TempDir
    Path temporary;

    private SessionsUnderTest test;
    private Project project;
    private Session session;

    @BeforeEach
    void open() throws IOException, InterruptedException {
        test = new SessionsUnderTest(temporary);
        project = test.project(AgentKind.CLAUDE, RECORDER);
        session = test.supervise(project);
        awaitScreen(session, "<READY>");
    }

    @AfterEach
    void close() {
        test.close();
    }

    /// As a hook does it.
    private Path keep(String key, String payload) throws IOException {
        Path folder = test.folder.run("a").resolve("hooks");
        Path part = Files.writeString(folder.resolve(key + ".part"), payload);
        return Files.move(part, folder.resolve(key + ".json"));
    }

    private static void awaitRead(Path kept) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (Files.exists(kept)) {
            assertThat(System.nanoTime()).as("%s is not read", kept).isLessThan(deadline);
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }

    private int told() {
        return test.queue.pending("chat").size();
    }

    @Test
    void itIsReadWhileTheSupervisorLives() throws IOException, InterruptedException {
        test.hookSays(session, "1", PROMPT);
        awaitWord(session, "working");
        Path kept = keep("2", DONE);
        awaitWord(session, "idle");
        awaitRead(kept);
        assertThat(told()).isEqualTo(1);
    }

    @Test
    void itComesBeforeTheNextThatIsDelivered() throws IOException {
        Path kept = keep("1", PROMPT);
        test.hookSays(session, "2", DONE);
        assertThat(kept).doesNotExist();
        assertThat(await(session, "told of", _ -> true).state().word()).isEqualTo("idle");
    }

    @Test
    void aMessageIsTypedAfterIt() throws IOException, InterruptedException {
        test.hookSays(session, "1", PROMPT);
        test.queue.add("a", "afar", Optional.empty(), "key");
        keep("2", DONE);
        assertThat(awaitScreen(session, "<ENTER>")).contains("afar");
    }

    @Test
    void whatHadAnEffectHasNoneAgain() throws IOException, InterruptedException {
        test.hookSays(session, "1", PROMPT);
        test.hookSays(session, "2", DONE);
        test.hookSays(session, "3", PROMPT);
        awaitRead(keep("2", DONE));
        test.hookSays(session, "2", DONE);
        assertThat(await(session, "told of", _ -> true).state().word()).isEqualTo("working");
        assertThat(told()).isEqualTo(1);
    }

    @Test
    void norWithTheNextSupervisor() throws IOException, InterruptedException {
        test.hookSays(session, "1", PROMPT);
        test.hookSays(session, "2", DONE);
        test.hookSays(session, "3", PROMPT);
        test.endSupervisor();
        Path kept = keep("2", DONE);
        Session next = test.supervise(project);
        awaitRead(kept);
        assertThat(await(next, "told of", _ -> true).memory().turnOpen()).isTrue();
        assertThat(told()).isEqualTo(1);
    }

    /// Its words are those of the turn before; the run of its hook is another.
    @Test
    void twoTurnsThatEndInTheSameWordsAreToldTwice() {
        for (int turn = 0; turn < 2; turn++) {
            test.hookSays(session, "prompt" + turn, PROMPT);
            test.hookSays(session, "done" + turn, DONE);
        }
        assertThat(told()).isEqualTo(2);
    }
}

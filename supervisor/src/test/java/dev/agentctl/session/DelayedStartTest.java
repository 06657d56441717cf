package dev.agentctl.session;

import static dev.agentctl.session.ScriptedProject.RECORDER;
import static dev.agentctl.session.SessionsUnderTest.await;
import static dev.agentctl.session.SessionsUnderTest.awaitScreen;
import static dev.agentctl.session.SessionsUnderTest.awaitWord;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.agentctl.project.AgentKind;
import dev.agentctl.project.Project;
import dev.agentctl.project.Sandbox;
import dev.agentctl.pty.Signal;
import dev.agentctl.testkit.SmallDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A start that cannot come about now.
@Timeout(180)
class DelayedStartTest {
    private final Path temporary;

    @AutoClose
    private final SessionsUnderTest test;

    DelayedStartTest(@TempDir Path temporary) throws IOException {
        this.temporary = temporary;
        test = new SessionsUnderTest(temporary);
    }

    /// SQLite says of a file that may have no more pages what it says of a full disk.
    @Test
    void whatAFullDiskKeepsFromStartingStartsWhenThereIsRoom() throws IOException, InterruptedException {
        long pages = test.database.transact(connection -> pragma(connection, "page_count"));
        test.database.transact(connection -> pragma(connection, "max_page_count=" + pages));
        String prompt = "p".repeat(100_000);
        Session session = test.supervise(
                test.scripted(AgentKind.CLAUDE, RECORDER).prompted(prompt).project());
        assertThat(awaitWord(session, "backoff").evidence())
                .contains("database or disk is full", "; again at ")
                .doesNotContain("crash", "\n");
        assertThat(test.queue.pending("a")).isEmpty();
        test.database.transact(connection -> pragma(connection, "max_page_count=1000000"));
        await(session, "started", view -> view.state().childPid() != 0);
        assertThat(test.queue.pending("a")).extracting(Message::text).containsExactly(prompt);
        assertThat(session.view().model().restarts()).as("it has not crashed").isZero();
    }

    private static long pragma(Connection connection, String assignment) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("PRAGMA " + assignment)) {
            return row.getLong(1);
        }
    }

    @Test
    void aFullDiskUnderTheFilesOfASessionPasses() throws IOException, InterruptedException {
        Path files = test.folder.run("a");
        Files.createDirectories(files);
        Optional<SmallDisk> mounted = SmallDisk.at(files, "64k");
        assumeThat(mounted).as("may mount a small disk").isPresent();
        try (SmallDisk disk = mounted.orElseThrow()) {
            Files.createDirectories(files.resolve("hooks"));
            disk.fill();
            Session session = test.supervise(test.project(AgentKind.CLAUDE, RECORDER));
            assertThat(awaitWord(session, "backoff").evidence()).contains("No space left on device");
            disk.free();
            await(session, "started", view -> view.state().childPid() != 0);
        }
    }

    /// The programs that make the sandbox are there, and the system begins one of them only later.
    @Test
    void aSandboxThatCannotBeTriedNowIsTriedAgain() throws IOException, InterruptedException {
        ScriptedProject.program(temporary, "bwrap", """
                #!/bin/bash
                while [ "$1" != -- ]; do shift; done
                exec /usr/bin/env "${@:4}"
                """);
        Path env = ScriptedProject.program(temporary, "env", "#!/no/such/interpreter\n");
        Session session = test.supervise(test.scripted(AgentKind.CLAUDE, RECORDER)
                .sandboxed(Map.of("PATH", temporary + ":/usr/bin:/bin"), new Sandbox(List.of(), List.of(), true))
                .project());
        assertThat(awaitWord(session, "backoff").evidence()).contains("its sandbox cannot be made now");
        Files.delete(env);
        await(session, "started", view -> view.state().childPid() != 0);
        assertThat(session.view().model().restarts()).as("it has not crashed").isZero();
    }

    /// Killed in the first turn of a conversation that it has not written yet, so that another one is begun.
    @Test
    void whatIsSaidOfACutTurnOutlivesAStartThatCameToNothing() throws IOException, InterruptedException {
        Project project =
                test.scripted(AgentKind.CLAUDE, RECORDER).prompted("begin").project();
        Session session = test.supervise(project);
        awaitScreen(session, "<READY>");
        test.hookSays(session, """
                {"hook_event_name":"UserPromptSubmit","session_id":"c1","prompt":"x","transcript_path":"%s"}
                """.formatted(temporary.resolve("unwritten.jsonl")));
        long before = awaitWord(session, "working").state().childPid();
        Path program = project.executable().map(Path::of).orElseThrow();
        Path aside = Files.move(program, temporary.resolve("aside"));
        assertThat(Signal.KILL.send(before)).isTrue();
        awaitWord(session, "failed");
        List<String> words = test.queue.pending("a").stream().map(Message::text).toList();
        assertThat(words).hasSize(1).first(STRING).isNotEqualTo("begin");
        Files.move(aside, program);
        test.sessions.start(session, false);
        await(session, "started", view -> view.state().childPid() != 0);
        assertThat(test.queue.pending("a")).extracting(Message::text).isEqualTo(words);
        test.sessions.stop(session);
        awaitWord(session, "stopped");
        test.sessions.start(session, false);
        await(session, "started again", view -> view.state().childPid() != 0);
        assertThat(test.queue.pending("a"))
                .as("a child was there, so the conversation begins as the project says")
                .extracting(Message::text)
                .containsExactly("begin");
    }
}

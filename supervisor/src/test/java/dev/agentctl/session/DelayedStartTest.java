package dev.agentctl.session;

import static dev.agentctl.session.ScriptedProject.RECORDER;
import static dev.agentctl.session.SessionsUnderTest.await;
import static dev.agentctl.session.SessionsUnderTest.awaitWord;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.agentctl.project.AgentKind;
import dev.agentctl.testkit.SmallDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A start that cannot come about now.
@Timeout(60)
class DelayedStartTest {
    @TempDir
    Path temporary;

    private SessionsUnderTest test;

    @BeforeEach
    void open() throws IOException {
        test = new SessionsUnderTest(temporary);
    }

    @AfterEach
    void close() {
        test.close();
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
}

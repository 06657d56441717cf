package dev.agentctl.session;

import static dev.agentctl.session.ScriptedProject.PRINTER;
import static dev.agentctl.session.ScriptedProject.RECORDER;
import static dev.agentctl.session.SessionsUnderTest.await;
import static dev.agentctl.session.SessionsUnderTest.awaitScreen;
import static dev.agentctl.session.SessionsUnderTest.awaitWord;
import static org.assertj.core.api.Assertions.assertThat;

import dev.agentctl.host.HostClient;
import dev.agentctl.host.HostedSession;
import dev.agentctl.project.AgentKind;
import dev.agentctl.project.Project;
import dev.agentctl.session.Effect.Notice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What a supervisor takes up of the one before it, and of what nobody heard meanwhile.
@Timeout(60)
class NextSupervisorTest {
    private final Path temporary;

    @AutoClose
    private final SessionsUnderTest test;

    NextSupervisorTest(@TempDir Path temporary) throws IOException {
        this.temporary = temporary;
        test = new SessionsUnderTest(temporary);
    }

    @Test
    void anExitThatWasMissedIsNotFollowedByAStart() throws IOException, InterruptedException {
        Path go = temporary.resolve("go");
        Project project =
                test.project(AgentKind.COMMAND, "#!/bin/sh\nwhile ! [ -e " + go + " ]; do sleep 0.05; done\n");
        Session session = test.supervise(project);
        long pid = await(session, "started", view -> view.state().childPid() != 0)
                .state()
                .childPid();
        test.endSupervisor();
        Files.createFile(go);
        ProcessHandle.of(pid)
                .ifPresent(process ->
                        process.onExit().orTimeout(20, TimeUnit.SECONDS).join());
        awaitEnd();
        Session next = test.supervise(project);
        SessionView seen = awaitWord(next, "exited");
        assertThat(seen.model().generation()).isEqualTo(1);
        // after everything that the start of the supervisor has put into the mailbox
        assertThat(await(next, "looked at", _ -> true).state().word()).isEqualTo("exited");
        assertThat(test.notices).containsOnlyOnce(new Notice.Exited(0));
    }

    private void awaitEnd() throws IOException, InterruptedException {
        // the host tells of an end once the output is in the log
        try (HostClient client = HostClient.connect(test.folder.hostSocket(), HostClient.Observer.NONE)) {
            while (client.sessions().stream().anyMatch(HostedSession::alive)) {
                TimeUnit.MILLISECONDS.sleep(10);
            }
        }
    }

    @Test
    void aStopThatTheSupervisorDidNotSeeThroughIsFinished() throws IOException, InterruptedException {
        String stubborn = "#!/bin/bash\ntrap '' TERM HUP\nwhile :; do sleep 0.2; done\n";
        Project project = test.project(AgentKind.COMMAND, stubborn);
        Session session = test.supervise(project);
        await(session, "started", view -> view.state().childPid() != 0);
        test.sessions.stop(session);
        awaitWord(session, "stopping");
        test.endSupervisor();
        Session next = test.supervise(project);
        awaitWord(next, "stopped");
        assertThat(next.view().model().desired()).isEqualTo(Desired.DOWN);
    }

    private static String limit(String words) {
        return "{\"hook_event_name\":\"StopFailure\",\"session_id\":\"c1\",\"error\":\"rate_limit\","
                + "\"last_assistant_message\":\"" + words + "\"}";
    }

    /// Its screen is read from a checkpoint, before which the child was started.
    @Test
    void whatIsPrintedAfterACheckpointIsTheRunningChilds() throws IOException, InterruptedException {
        Project project = test.project(AgentKind.CLAUDE, PRINTER);
        awaitScreen(test.supervise(project), "<READY>");
        test.endSupervisor();
        Session next = test.supervise(project);
        awaitScreen(next, "<READY>");
        next.press(new byte[] {'i'}).join();
        assertThat(awaitWord(next, "idle").evidence()).contains("OSC 7501");
    }

    @Test
    void whatWasPrintedBeforeACheckpointStillHolds() throws IOException, InterruptedException {
        Project project = test.project(AgentKind.CLAUDE, PRINTER);
        Session session = test.supervise(project);
        awaitScreen(session, "<READY>");
        session.press(new byte[] {'i'}).join();
        awaitScreen(session, "<PRINTED>");
        awaitWord(session, "idle");
        test.endSupervisor();
        assertThat(awaitWord(test.supervise(project), "idle").evidence()).contains("OSC 7501");
    }

    @Test
    void aLimitOutlivesTheSupervisor() throws IOException, InterruptedException {
        Project project = test.project(AgentKind.CLAUDE, RECORDER);
        Session session = test.supervise(project);
        awaitScreen(session, "<READY>");
        long end = Instant.now().getEpochSecond() + 3_600;
        test.hookSays(session, limit("usage limit reached|" + end));
        awaitWord(session, "limited");
        test.endSupervisor();
        Session next = test.supervise(project);
        assertThat(awaitWord(next, "limited").evidence())
                .contains("usage limit until")
                .contains("hook StopFailure");
        test.hook(next, "UserPromptSubmit");
        awaitWord(next, "working");
        test.endSupervisor();
        await(test.supervise(project), "forgiven", view -> view.state().word().equals("running"));
    }

    @Test
    void anEndThatWasToldWhileNobodyListenedCountsFromThen() throws IOException, InterruptedException {
        Project project = test.project(AgentKind.CLAUDE, RECORDER);
        Session session = test.supervise(project);
        awaitScreen(session, "<READY>");
        test.hook(session, "UserPromptSubmit");
        awaitWord(session, "working");
        test.endSupervisor();
        // half past a time that was still to come when the hook ran, and has long passed now
        Instant then = Instant.now().truncatedTo(ChronoUnit.HOURS).minus(Duration.ofHours(5));
        ZonedDateTime end = then.plus(Duration.ofHours(2)).atZone(ZoneOffset.UTC);
        Path kept = test.folder.run("a").resolve("hooks").resolve("1.json");
        String clock =
                DateTimeFormatter.ofPattern("h:mma", Locale.ENGLISH).format(end).toLowerCase(Locale.ROOT);
        Files.writeString(kept, limit("resets " + clock + " (UTC)"));
        Files.setLastModifiedTime(kept, FileTime.from(then));
        Session next = test.supervise(project);
        assertThat(awaitScreen(next, "<ENTER>")).contains("hatendedyourturnshouldbeover");
    }
}

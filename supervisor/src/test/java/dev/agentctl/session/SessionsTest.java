package dev.agentctl.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentctl.agent.Environment;
import dev.agentctl.agent.Limit;
import dev.agentctl.host.Host;
import dev.agentctl.host.HostClient;
import dev.agentctl.host.HostLink;
import dev.agentctl.host.HostReply;
import dev.agentctl.host.HostRequest;
import dev.agentctl.host.HostedSession;
import dev.agentctl.project.AgentKind;
import dev.agentctl.project.Approvals;
import dev.agentctl.project.Configuration;
import dev.agentctl.project.Habits;
import dev.agentctl.project.Limits;
import dev.agentctl.project.McpSettings;
import dev.agentctl.project.OnCrash;
import dev.agentctl.project.Project;
import dev.agentctl.project.RestartMode;
import dev.agentctl.project.Sandbox;
import dev.agentctl.project.Verbosity;
import dev.agentctl.pty.Signal;
import dev.agentctl.session.Effect.Notice;
import dev.agentctl.session.Message.Stage;
import dev.agentctl.store.Database;
import dev.agentctl.store.MessageTable;
import dev.agentctl.store.SessionTable;
import dev.agentctl.tools.HookCall;
import dev.agentctl.wire.StateFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Sessions on a real host and a real state file, with scripts in the place of agents. A hook's payload is given by
/// the test, as the tools' server would.
@Timeout(60)
class SessionsTest {
    /// Shows every byte it is given, in a form that a screen shows.
    private static final String RECORDER = """
            #!/bin/bash
            stty raw -echo
            trap 'printf "<TERM>"; exit 143' TERM
            printf '<READY>'
            while IFS= read -r -n 1 -d '' key; do
              case $key in $'\\r' | $'\\n') printf '<ENTER>' ;; [a-z/]) printf %s "$key" ;; esac
            done
            """;

    /// Prints that it is idle whenever a key is pressed.
    private static final String PRINTER = """
            #!/bin/bash
            stty raw -echo
            printf '<READY>'
            while IFS= read -r -n 1 -d '' key; do printf '\\e]7501;state=idle:app=claude-code\\a<PRINTED>'; done
            """;

    @TempDir
    Path temporary;

    private StateFolder folder;
    private Host host;
    private Database database;
    private MessageTable queue;
    private ScheduledExecutorService timers;
    private HostLink link;
    private Sessions sessions;
    private final ConcurrentLinkedQueue<Notice> notices = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Memory> saves = new ConcurrentLinkedQueue<>();
    /// How far the sessions' clock is ahead.
    private volatile Duration ahead = Duration.ZERO;

    @BeforeEach
    void open() throws IOException {
        folder = new StateFolder(temporary.resolve("state"));
        assertThat(folder.prepare()).isEmpty();
        host = Host.open(folder);
        database = Database.open(folder.database());
        queue = new MessageTable(database, InstantSource.system());
        timers = Executors.newSingleThreadScheduledExecutor();
        link = newLink();
        sessions = newSessions();
    }

    private HostLink newLink() {
        return new HostLink(folder.hostSocket(), () -> {
            throw new IOException("the test has started it");
        });
    }

    private Sessions newSessions() {
        Surroundings around = new Surroundings(
                folder,
                link,
                new Saves(new SessionTable(database)),
                queue,
                new Notices(),
                new NobodyDecides(),
                timers,
                () -> Instant.now().plus(ahead),
                () -> 1,
                Map.of("PATH", "/usr/bin:/bin"),
                temporary.resolve("hook"));
        return new Sessions(around, (_, _, _) -> Waiters.Outcome.UNKNOWN);
    }

    /// What a supervisor does at its start; a second time, the next supervisor.
    private Session supervise(Project project) throws IOException, InterruptedException {
        link = newLink();
        sessions = newSessions();
        sessions.load(List.of(project));
        link.open(sessions);
        sessions.autostart();
        return sessions.find("a").orElseThrow();
    }

    private void endSupervisor() {
        sessions.close();
        link.close();
    }

    @AfterEach
    void close() {
        sessions.all().forEach(session -> {
            sessions.stop(session);
            session.when(view -> view.state().childPid() == 0)
                    .orTimeout(30, TimeUnit.SECONDS)
                    .join();
        });
        endSupervisor();
        timers.shutdownNow();
        database.close();
        host.close();
    }

    private final class Saves implements SessionMemory {
        private final SessionTable table;

        Saves(SessionTable table) {
            this.table = table;
        }

        @Override
        public Map<String, Memory> all() {
            return table.all();
        }

        @Override
        public void save(String session, Memory memory) {
            table.save(session, memory);
            saves.add(memory);
        }

        @Override
        public void forget(String session) {
            table.forget(session);
        }
    }

    private final class Notices implements SessionListener {
        @Override
        public void noticed(String session, Notice notice) {
            notices.add(notice);
        }

        @Override
        public void waiting(String session, String what) {}

        @Override
        public void turnEnded(String session, String key, String answer) {}

        @Override
        public void turnFailed(String session, String key, String reason) {}

        @Override
        public void limited(String session, String key, String reason, Limit limit, Optional<Instant> until) {}

        @Override
        public void advanced(Message message, Stage stage, Optional<String> why) {}
    }

    private Project project(AgentKind kind, String script, Optional<String> prompt, boolean autostart)
            throws IOException {
        return project(kind, script, prompt, autostart, Map.of(), Optional.empty());
    }

    private Project project(
            AgentKind kind,
            String script,
            Optional<String> prompt,
            boolean autostart,
            Map<String, String> environment,
            Optional<Sandbox> sandbox)
            throws IOException {
        return new Project(
                "a",
                temporary,
                kind,
                Optional.of(program("agent", script).toString()),
                List.of(),
                environment,
                prompt,
                autostart,
                RestartMode.ON_FAILURE,
                OnCrash.CONTINUE,
                Duration.ofSeconds(1),
                Duration.ofMinutes(10),
                Optional.empty(),
                false,
                false,
                Approvals.DEFAULT,
                Verbosity.STEPS,
                Habits.NONE,
                Limits.NONE,
                sandbox,
                List.of(),
                List.of());
    }

    private Path program(String name, String script) throws IOException {
        Path program = temporary.resolve(name);
        Files.writeString(program, script);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        return program;
    }

    private static SessionView await(Session session, String what, Predicate<SessionView> wanted) {
        return session.when(wanted)
                .orTimeout(30, TimeUnit.SECONDS)
                .exceptionally(_ -> {
                    throw new AssertionError("not " + what + " but " + session.view() + "\n"
                            + session.look().text());
                })
                .join();
    }

    private static SessionView awaitWord(Session session, String word) {
        return await(session, word, view -> view.state().word().equals(word));
    }

    private static String payload(String event) {
        return "{\"hook_event_name\":\"" + event + "\",\"session_id\":\"c1\",\"tool_name\":\"Bash\"}";
    }

    private void hook(Session session, String event) {
        hookSays(session, payload(event));
    }

    private void hookSays(Session session, String payload) {
        long generation = session.view().model().generation();
        sessions.hook("a", generation, new HookCall("claude", "", payload)).join();
    }

    private static String awaitScreen(Session session, String text) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!session.look().text().contains(text)) {
            assertThat(System.nanoTime()).as(session.look().text()).isLessThan(deadline);
            TimeUnit.MILLISECONDS.sleep(10);
        }
        return session.look().text();
    }

    @Test
    void aStopInAnOpenDialogPressesNoEnter() throws IOException, InterruptedException {
        Session session = supervise(project(AgentKind.CLAUDE, RECORDER, Optional.empty(), true));
        awaitScreen(session, "<READY>");
        hook(session, "PermissionRequest");
        awaitWord(session, "awaiting-approval");
        sessions.stop(session);
        awaitWord(session, "stopped");
        assertThat(awaitScreen(session, "<TERM>")).doesNotContain("<ENTER>").doesNotContain("exit");
    }

    @Test
    void aStopOfAnIdleAgentAsksInItsOwnWay() throws IOException, InterruptedException {
        Session session = supervise(project(AgentKind.CLAUDE, RECORDER, Optional.empty(), true));
        awaitScreen(session, "<READY>");
        hook(session, "Stop");
        awaitWord(session, "idle");
        sessions.stop(session);
        awaitWord(session, "stopped");
        assertThat(awaitScreen(session, "<TERM>")).contains("/exit").contains("<ENTER>");
    }

    /// As by Ctrl-Z or a debugger: what it is told it hears only when it goes on.
    @Test
    void aStopReachesAProgramThatStandsStill() throws IOException, InterruptedException {
        Session session = supervise(project(AgentKind.COMMAND, RECORDER, Optional.empty(), true));
        awaitScreen(session, "<READY>");
        long pid = awaitWord(session, "running").state().childPid();
        assertThat(Signal.STOP.send(pid)).isTrue();
        awaitStopped(pid);
        sessions.stop(session);
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

    @Test
    void aProjectThatIsConfiguredNoMoreRunsUntilItIsStopped() throws IOException, InterruptedException {
        Project project = project(AgentKind.COMMAND, "#!/bin/sh\nexec sleep 1000", Optional.empty(), true);
        Session session = supervise(project);
        long pid = awaitWord(session, "running").state().childPid();
        assertThat(sessions.remove("a")).isFalse();
        sessions.reconfigure(new Configuration(
                temporary.resolve("a.yaml"), Optional.empty(), McpSettings.DEFAULT, List.of(project)));
        sessions.restart(session);
        await(
                session,
                "another child",
                view -> view.state().childPid() != 0 && view.state().childPid() != pid);
        assertThat(sessions.find("a")).as("configured again in time").contains(session);
        assertThat(sessions.remove("a")).isFalse();
        assertThat(sessions.find("a")).contains(session);
        sessions.stop(session);
        awaitWord(session, "stopped");
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (sessions.find("a").isPresent()) {
            assertThat(System.nanoTime()).as("it is still there").isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    @Test
    void oneSaveStandsBetweenACrashAndTheNextChild() throws IOException, InterruptedException {
        Session session = supervise(project(AgentKind.COMMAND, "#!/bin/sh\nexec sleep 1000", Optional.empty(), true));
        long pid = awaitWord(session, "running").state().childPid();
        saves.clear();
        ahead = Duration.ofSeconds(61);
        assertThat(ProcessHandle.of(pid).orElseThrow().destroyForcibly()).isTrue();
        SessionView next = await(
                session,
                "started again",
                view -> view.model().restarts() == 1
                        && view.state().childPid() != 0
                        && view.state().childPid() != pid);
        assertThat(saves).containsExactly(next.memory());
        assertThat(new SessionTable(database).all().get("a")).isEqualTo(next.memory());
        assertThat(next.memory().generation()).isEqualTo(2);
        assertThat(next.memory().restarts()).isEqualTo(1);
    }

    /// The machine is tried while what is left of a former child is ended, which must not end the trial.
    @Test
    void theTrialOfASandboxIsNotOneOfTheSessionsProcesses() throws IOException, InterruptedException {
        Path tried = temporary.resolve("tried");
        program("bwrap", "#!/bin/sh\nenv >> '" + tried + "'\necho ======== >> '" + tried + "'");
        Session session = supervise(project(
                AgentKind.COMMAND,
                "#!/bin/sh",
                Optional.empty(),
                true,
                Map.of("PATH", temporary + ":/usr/bin:/bin"),
                Optional.of(new Sandbox(List.of(), List.of(), true))));
        awaitWord(session, "exited");
        String[] environments = Files.readString(tried).split("========", -1);
        assertThat(environments[0]).doesNotContain(Environment.SESSION_COOKIE);
        assertThat(environments[1]).contains(Environment.SESSION_COOKIE);
    }

    @Test
    void aStateThatHasPassedMeanwhileIsNoTimeToType() throws IOException, InterruptedException {
        Project project = project(AgentKind.CLAUDE, RECORDER, Optional.empty(), true);
        Session session = supervise(project);
        awaitScreen(session, "<READY>");
        hook(session, "UserPromptSubmit");
        awaitWord(session, "working");
        sessions.send(session, "afar", Optional.empty(), "key");
        endSupervisor();
        Path kept = folder.run("a").resolve("hooks");
        Files.writeString(kept.resolve("1.json"), payload("Stop"));
        Files.writeString(kept.resolve("2.json"), payload("UserPromptSubmit"));
        Session next = supervise(project);
        awaitWord(next, "working");
        assertThat(queue.underWay("a")).isEmpty();
        assertThat(next.look().text()).doesNotContain("afar");
        hook(next, "Stop");
        assertThat(awaitScreen(next, "<ENTER>")).contains("afar");
    }

    private static String limit(String words) {
        return "{\"hook_event_name\":\"StopFailure\",\"session_id\":\"c1\",\"error\":\"rate_limit\","
                + "\"last_assistant_message\":\"" + words + "\"}";
    }

    @Test
    void aLimitOutlivesTheSupervisor() throws IOException, InterruptedException {
        Project project = project(AgentKind.CLAUDE, RECORDER, Optional.empty(), true);
        Session session = supervise(project);
        awaitScreen(session, "<READY>");
        long end = Instant.now().getEpochSecond() + 3_600;
        hookSays(session, limit("usage limit reached|" + end));
        awaitWord(session, "limited");
        endSupervisor();
        Session next = supervise(project);
        assertThat(awaitWord(next, "limited").evidence())
                .contains("usage limit until")
                .contains("hook StopFailure");
        hook(next, "UserPromptSubmit");
        awaitWord(next, "working");
        endSupervisor();
        await(supervise(project), "forgiven", view -> view.state().word().equals("running"));
    }

    @Test
    void anEndThatWasToldWhileNobodyListenedCountsFromThen() throws IOException, InterruptedException {
        Project project = project(AgentKind.CLAUDE, RECORDER, Optional.empty(), true);
        Session session = supervise(project);
        awaitScreen(session, "<READY>");
        hook(session, "UserPromptSubmit");
        awaitWord(session, "working");
        endSupervisor();
        // half past a time that was still to come when the hook ran, and has long passed now
        Instant then = Instant.now().truncatedTo(ChronoUnit.HOURS).minus(Duration.ofHours(5));
        ZonedDateTime end = then.plus(Duration.ofHours(2)).atZone(ZoneOffset.UTC);
        Path kept = folder.run("a").resolve("hooks").resolve("1.json");
        String clock =
                DateTimeFormatter.ofPattern("h:mma", Locale.ENGLISH).format(end).toLowerCase(Locale.ROOT);
        Files.writeString(kept, limit("resets " + clock + " (UTC)"));
        Files.setLastModifiedTime(kept, FileTime.from(then));
        Session next = supervise(project);
        assertThat(awaitScreen(next, "<ENTER>")).contains("hatendedyourturnshouldbeover");
    }

    @Test
    void aPromptFromTheTerminalIsNotTakenForTheLastMessage() throws IOException, InterruptedException {
        Project project = project(AgentKind.CLAUDE, RECORDER, Optional.empty(), true);
        Session session = supervise(project);
        awaitScreen(session, "<READY>");
        hook(session, "Stop");
        awaitWord(session, "idle");
        sessions.send(session, "count the pears", Optional.empty(), "key");
        awaitScreen(session, "<ENTER>");
        Path file = Files.writeString(temporary.resolve("c2.jsonl"), "{}\n");
        String prompt = "{\"hook_event_name\":\"UserPromptSubmit\",\"session_id\":\"%s\",\"transcript_path\":\"" + file
                + "\",\"prompt\":\"%s\"}";
        hookSays(session, prompt.formatted("c1", "count the pears"));
        hook(session, "Stop");
        hookSays(session, prompt.formatted("c2", "count the plums"));
        long before = awaitWord(session, "working").state().childPid();
        assertThat(Signal.KILL.send(before)).isTrue();
        await(
                session,
                "in its next life",
                view -> view.state().childPid() != before && view.state().childPid() != 0);
        String words = queue.pending("a").getFirst().text();
        assertThat(words).contains("in the middle of your work").doesNotContain("pears");
    }

    @Test
    void aConversationThatAnotherProcessHasIsLeftToIt() throws IOException, InterruptedException {
        Session session = supervise(project(AgentKind.CLAUDE, RECORDER, Optional.empty(), true));
        awaitScreen(session, "<READY>");
        Path file = Files.writeString(temporary.resolve("c9.jsonl"), "{}\n");
        hookSays(
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
        sessions.start(session, false);
        await(session, "started", view -> view.state().childPid() != 0);
        assertThat(session.view().memory().conversation()).contains("c9");
    }

    @Test
    void aConversationThatAPersonWentBackToIsResumed() throws IOException, InterruptedException {
        Session session = supervise(project(AgentKind.CLAUDE, RECORDER, Optional.empty(), true));
        awaitScreen(session, "<READY>");
        hook(session, "Stop");
        long before = awaitWord(session, "idle").state().childPid();
        Path file = Files.writeString(
                temporary.resolve("c9.jsonl"), "{\"type\":\"user\",\"message\":{\"content\":\"count the beans\"}}\n");
        hookSays(
                session,
                "{\"hook_event_name\":\"SessionStart\",\"source\":\"resume\",\"session_id\":\"c9\",\"transcript_path\":\""
                        + file + "\"}");
        assertThat(Signal.KILL.send(before)).isTrue();
        SessionView after = await(
                session,
                "in its next life",
                view -> view.state().childPid() != before && view.state().childPid() != 0);
        assertThat(after.memory().conversation()).contains("c9");
    }

    /// An interrupted turn has no hook of its own, and its last tool's may come after the print that it is over.
    @Test
    void aToolsHookThatComesAfterThePrintDoesNotHideIt() throws IOException, InterruptedException {
        Session session = supervise(project(AgentKind.CLAUDE, PRINTER, Optional.empty(), true));
        awaitScreen(session, "<READY>");
        hook(session, "UserPromptSubmit");
        awaitWord(session, "working");
        session.press(new byte[] {'i'}).join();
        awaitScreen(session, "<PRINTED>");
        hook(session, "PostToolUseFailure");
        assertThat(awaitWord(session, "idle").evidence()).contains("OSC 7501");
    }

    /// As after the kill of a host: no checkpoint stands at the end of the child before.
    @Test
    void whatAFormerChildPrintedIsNotTheNextOnes() throws IOException, InterruptedException {
        Project project = project(AgentKind.CLAUDE, PRINTER, Optional.empty(), true);
        Session session = supervise(project);
        awaitScreen(session, "<READY>");
        session.press(new byte[] {'i'}).join();
        long before = awaitWord(session, "idle").state().childPid();
        assertThat(Signal.KILL.send(before)).isTrue();
        await(
                session,
                "in its next life",
                view -> view.model().restarts() == 1 && view.state().childPid() > before);
        awaitScreen(session, "<READY>");
        endSupervisor();
        Files.deleteIfExists(folder.session("a").resolve("checkpoint"));
        Session next = supervise(project);
        awaitScreen(next, "<READY>");
        assertThat(await(next, "looked at", _ -> true).state().word()).isEqualTo("starting");
    }

    private static Project with(Project project, OnCrash onCrash, Duration stuckAfter) {
        return new Project(
                project.name(),
                project.directory(),
                project.agent(),
                project.executable(),
                project.args(),
                project.env(),
                project.prompt(),
                project.autostart(),
                project.restart(),
                onCrash,
                project.stopTimeout(),
                stuckAfter,
                project.permissionMode(),
                project.trust(),
                project.seeOthers(),
                project.approvals(),
                Verbosity.STEPS,
                project.habits(),
                Limits.NONE,
                Optional.empty(),
                project.secrets(),
                project.sendSecrets());
    }

    @Test
    void aShorterTimeToBeStuckCountsAtOnce() throws IOException, InterruptedException {
        Project project = project(AgentKind.CLAUDE, RECORDER, Optional.empty(), true);
        Session session = supervise(project);
        awaitScreen(session, "<READY>");
        hook(session, "UserPromptSubmit");
        awaitWord(session, "working");
        session.reconfigure(with(project, OnCrash.CONTINUE, Duration.ofSeconds(1)));
        awaitWord(session, "stuck");
    }

    @Test
    void whatIsLeftIsToldWhenTheAgentIsThereAgain() throws IOException, InterruptedException {
        Project project =
                with(project(AgentKind.CLAUDE, RECORDER, Optional.empty(), true), OnCrash.IDLE, Duration.ofMinutes(10));
        Session session = supervise(project);
        awaitScreen(session, "<READY>");
        hook(session, "UserPromptSubmit");
        long before = awaitWord(session, "working").state().childPid();
        Path program = project.executable().map(Path::of).orElseThrow();
        Path aside = Files.move(program, temporary.resolve("aside"));
        assertThat(Signal.KILL.send(before)).isTrue();
        awaitWord(session, "failed");
        assertThat(notices).noneMatch(Notice.LeftIdle.class::isInstance);
        Files.move(aside, program);
        sessions.start(session, false);
        await(session, "started", view -> view.state().childPid() != 0);
        assertThat(await(session, "looked at", _ -> true)).isNotNull();
        assertThat(notices).filteredOn(Notice.LeftIdle.class::isInstance).hasSize(1);
    }

    @Test
    void theSameConversationIsClaimedOnlyOfOneThatIsResumed() throws IOException, InterruptedException {
        Session session = supervise(project(AgentKind.CLAUDE, RECORDER, Optional.empty(), true));
        awaitScreen(session, "<READY>");
        hook(session, "Stop");
        killAndAwaitNext(session);
        hook(session, "Stop");
        assertThat(notices).contains(new Notice.Recovered(false)).doesNotContain(new Notice.Recovered(true));
        Path transcript = Files.writeString(temporary.resolve("talk.jsonl"), "{}");
        hookSays(session, """
                {"hook_event_name":"SessionStart","session_id":"s-1","transcript_path":"%s"}""".formatted(transcript));
        hook(session, "UserPromptSubmit");
        hook(session, "Stop");
        killAndAwaitNext(session);
        hook(session, "Stop");
        assertThat(notices).contains(new Notice.Recovered(true));
    }

    private void killAndAwaitNext(Session session) throws InterruptedException {
        long before = awaitWord(session, "idle").state().childPid();
        assertThat(Signal.KILL.send(before)).isTrue();
        await(
                session,
                "another",
                view -> view.state().childPid() != 0 && view.state().childPid() != before);
    }

    @Test
    void aFirstPromptIsQueuedOnceHoweverOftenTheStartFails() throws IOException, InterruptedException {
        Session session = supervise(project(AgentKind.CLAUDE, "#!/bin/sh\nexit 1\n", Optional.of("begin"), true));
        awaitWord(session, "failed");
        assertThat(session.view().model().generation()).isGreaterThan(1);
        assertThat(queue.waiting("a")).isEqualTo(1);
        assertThat(queue.head("a").map(Message::text)).contains("begin");
    }

    @Test
    void aMessageWaitsWhileAPersonTypes() throws IOException, InterruptedException {
        Session session = supervise(project(AgentKind.COMMAND, RECORDER, Optional.empty(), true));
        awaitScreen(session, "<READY>");
        sessions.personTyped(new HostReply.PersonTyped("a", true));
        sessions.send(session, "afar", Optional.empty(), "key");
        assertThat(await(session, "looked at", _ -> true).state().word()).isEqualTo("running");
        assertThat(queue.waiting("a")).isEqualTo(1);
        assertThat(session.evidence()).endsWith("a person has an unsent draft at its terminal");
        assertThat(session.look().text()).doesNotContain("afar");
        // the draft is submitted, and a little later the terminal is free
        sessions.personTyped(new HostReply.PersonTyped("a", false));
        assertThat(awaitScreen(session, "<ENTER>")).contains("afar");
        assertThat(session.evidence()).doesNotContain("person");
    }

    @Test
    void aFirstPromptIsSaidAgainAfterADeletion() throws IOException, InterruptedException {
        Session session = supervise(project(AgentKind.COMMAND, RECORDER, Optional.of("begin"), true));
        awaitScreen(session, "<ENTER>");
        sessions.stop(session);
        awaitWord(session, "stopped");
        sessions.delete(session);
        Session again = sessions.find("a").orElseThrow();
        assertThat(again.view().memory()).isEqualTo(Memory.BLANK);
        sessions.start(again, false);
        assertThat(awaitScreen(again, "<ENTER>")).contains("begin");
    }

    @Test
    void aRefusedDeletionLeavesAWorkingSession() throws IOException, InterruptedException {
        Session session = supervise(project(AgentKind.COMMAND, RECORDER, Optional.empty(), true));
        await(session, "started", view -> view.state().childPid() != 0);
        try {
            sessions.delete(session);
            throw new AssertionError("a running session was deleted");
        } catch (IOException expected) {
            assertThat(expected).hasMessageContaining("running");
        }
        Session again = sessions.find("a").orElseThrow();
        assertThat(await(again, "at work", _ -> true).model().generation()).isEqualTo(1);
        supervisedAnew(again);
    }

    /// A session that was made anew learns of its child when the supervisor's connection is made anew.
    private void supervisedAnew(Session session) throws IOException, InterruptedException {
        Project project = session.view().project();
        endSupervisor();
        Session next = supervise(project);
        await(next, "adopted", view -> view.state().childPid() != 0);
    }

    @Test
    void anExitThatWasMissedIsNotFollowedByAStart() throws IOException, InterruptedException {
        Path go = temporary.resolve("go");
        Project project = project(
                AgentKind.COMMAND,
                "#!/bin/sh\nwhile ! [ -e " + go + " ]; do sleep 0.05; done\n",
                Optional.empty(),
                true);
        Session session = supervise(project);
        long pid = await(session, "started", view -> view.state().childPid() != 0)
                .state()
                .childPid();
        endSupervisor();
        Files.createFile(go);
        ProcessHandle.of(pid)
                .ifPresent(process ->
                        process.onExit().orTimeout(20, TimeUnit.SECONDS).join());
        awaitEnd();
        Session next = supervise(project);
        SessionView seen = awaitWord(next, "exited");
        assertThat(seen.model().generation()).isEqualTo(1);
        // after everything that the start of the supervisor has put into the mailbox
        assertThat(await(next, "looked at", _ -> true).state().word()).isEqualTo("exited");
        assertThat(notices).containsOnlyOnce(new Notice.Exited(0));
    }

    private void awaitEnd() throws IOException, InterruptedException {
        // the host tells of an end once the output is in the log
        try (HostClient client = HostClient.connect(folder.hostSocket(), HostClient.Observer.NONE)) {
            while (client.sessions().stream().anyMatch(HostedSession::alive)) {
                TimeUnit.MILLISECONDS.sleep(10);
            }
        }
    }

    @Test
    void aStopThatTheSupervisorDidNotSeeThroughIsFinished() throws IOException, InterruptedException {
        String stubborn = "#!/bin/bash\ntrap '' TERM HUP\nwhile :; do sleep 0.2; done\n";
        Project project = project(AgentKind.COMMAND, stubborn, Optional.empty(), true);
        Session session = supervise(project);
        await(session, "started", view -> view.state().childPid() != 0);
        sessions.stop(session);
        awaitWord(session, "stopping");
        endSupervisor();
        Session next = supervise(project);
        awaitWord(next, "stopped");
        assertThat(next.view().model().desired()).isEqualTo(Desired.DOWN);
    }

    @Test
    void anUnusableFolderCostsASessionItsLogOnDiskOnly() throws IOException, InterruptedException {
        Session session = supervise(project(AgentKind.COMMAND, RECORDER, Optional.empty(), true));
        await(session, "started", view -> view.state().childPid() != 0);
        Files.writeString(folder.path().resolve("sessions").resolve("b"), "in the way");
        HostReply reply = link.send(new HostRequest.Spawn("b", 1, List.of("/bin/true"), "/", Map.of(), 80, 24))
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
        assertThat(reply).isInstanceOf(HostReply.Spawned.class);
        assertThat(await(session, "looked at", _ -> true).model().generation()).isEqualTo(1);
        assertThat(notices).isEmpty();
    }

    @Test
    void whatTheDiskDoesNotTakeDoesNotStopASession() throws IOException, InterruptedException {
        Session session = supervise(project(AgentKind.COMMAND, RECORDER, Optional.empty(), true));
        SessionView before = await(session, "started", view -> view.state().childPid() != 0);
        database.close();
        assertThat(Signal.KILL.send(before.state().childPid())).isTrue();
        await(session, "in its next life", view -> view.model().restarts() == 1);
        database = Database.open(folder.database());
    }
}

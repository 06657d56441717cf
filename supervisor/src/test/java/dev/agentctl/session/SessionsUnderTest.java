package dev.agentctl.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentctl.agent.Limit;
import dev.agentctl.host.Host;
import dev.agentctl.host.HostLink;
import dev.agentctl.project.AgentKind;
import dev.agentctl.project.Project;
import dev.agentctl.session.Effect.Notice;
import dev.agentctl.session.Message.Stage;
import dev.agentctl.store.Database;
import dev.agentctl.store.MessageTable;
import dev.agentctl.store.SessionTable;
import dev.agentctl.tools.HookCall;
import dev.agentctl.wire.StateFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/// Sessions on a real host and a real state file, with scripts in the place of agents. A hook's payload is given by
/// the test, as the tools' server would.
final class SessionsUnderTest implements AutoCloseable {
    final StateFolder folder;
    final MessageTable queue;
    final ConcurrentLinkedQueue<Notice> notices = new ConcurrentLinkedQueue<>();
    final ConcurrentLinkedQueue<Memory> saves = new ConcurrentLinkedQueue<>();
    Database database;
    HostLink link;
    Sessions sessions;
    /// How far the sessions' clock is ahead.
    volatile Duration ahead = Duration.ZERO;

    private final Path temporary;
    private final Host host;
    private final ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor();

    SessionsUnderTest(Path temporary) throws IOException {
        this.temporary = temporary;
        folder = new StateFolder(temporary.resolve("state"));
        assertThat(folder.prepare()).isEmpty();
        host = Host.open(folder);
        database = Database.open(folder.database());
        queue = new MessageTable(database, InstantSource.system());
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
        return new Sessions(around, (_, _, _, _) -> Waiters.Outcome.UNKNOWN);
    }

    /// What a supervisor does at its start; a second time, the next supervisor.
    Session supervise(Project project) throws IOException, InterruptedException {
        link = newLink();
        sessions = newSessions();
        sessions.load(List.of(project));
        link.open(sessions);
        sessions.autostart();
        return sessions.find("a").orElseThrow();
    }

    void endSupervisor() {
        sessions.close();
        link.close();
    }

    ScriptedProject scripted(AgentKind kind, String script) throws IOException {
        return ScriptedProject.write(temporary, kind, script);
    }

    Project project(AgentKind kind, String script) throws IOException {
        return scripted(kind, script).project();
    }

    static SessionView await(Session session, String what, Predicate<SessionView> wanted) {
        return session.when(wanted)
                .orTimeout(30, TimeUnit.SECONDS)
                .exceptionally(_ -> {
                    throw new AssertionError("not " + what + " but " + session.view() + "\n"
                            + session.look().text());
                })
                .join();
    }

    static SessionView awaitWord(Session session, String word) {
        return await(session, word, view -> view.state().word().equals(word));
    }

    static String awaitScreen(Session session, String text) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!session.look().text().contains(text)) {
            assertThat(System.nanoTime()).as(session.look().text()).isLessThan(deadline);
            TimeUnit.MILLISECONDS.sleep(10);
        }
        return session.look().text();
    }

    static String payload(String event) {
        return "{\"hook_event_name\":\"" + event + "\",\"session_id\":\"c1\",\"tool_name\":\"Bash\"}";
    }

    /// Whether the state file takes anything.
    void keeps(boolean writable) {
        database.transact(connection -> {
            try (Statement statement = connection.createStatement()) {
                return statement.execute("PRAGMA query_only=" + (writable ? "OFF" : "ON"));
            }
        });
    }

    void hook(Session session, String event) {
        hookSays(session, payload(event));
    }

    void hookSays(Session session, String payload) {
        hookSays(session, "", payload);
    }

    /// @param key what the hook calls this run of it
    void hookSays(Session session, String key, String payload) {
        long generation = session.view().model().generation();
        sessions.hook("a", generation, new HookCall("claude", key, payload)).join();
    }

    @Override
    public void close() {
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

        /// Kept on disk, as the chats' words are.
        @Override
        public void turnEnded(String session, String key, String answer) {
            queue.add("chat", answer, Optional.empty(), "turn:" + key);
        }

        @Override
        public void turnFailed(String session, String key, String reason) {}

        @Override
        public void limited(String session, String key, String reason, Limit limit, Optional<Instant> until) {}

        @Override
        public void advanced(Message message, Stage stage, Optional<String> why) {}
    }
}

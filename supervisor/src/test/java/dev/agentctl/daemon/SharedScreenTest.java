package dev.agentctl.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentctl.chat.Askers;
import dev.agentctl.chat.Masking;
import dev.agentctl.chat.OperatorDesk;
import dev.agentctl.chat.Post;
import dev.agentctl.chat.PromptDesk;
import dev.agentctl.control.ControlReply;
import dev.agentctl.control.ExitCode;
import dev.agentctl.control.WaitGoal;
import dev.agentctl.host.Host;
import dev.agentctl.host.HostLink;
import dev.agentctl.project.ConfigurationReader;
import dev.agentctl.project.ConfigurationResult;
import dev.agentctl.project.Project;
import dev.agentctl.session.NobodyDecides;
import dev.agentctl.session.Session;
import dev.agentctl.session.SessionListener;
import dev.agentctl.session.Sessions;
import dev.agentctl.session.Surroundings;
import dev.agentctl.session.Waiters;
import dev.agentctl.store.Database;
import dev.agentctl.tools.Caller;
import dev.agentctl.wire.StateFolder;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What of a session's screen others see: another project's agent, and a client from elsewhere.
@Timeout(180)
final class SharedScreenTest {
    /// Made up, and put together so that no scanner takes this file for a leak.
    private static final String SECRET = "ghp_" + "abcdefghijklmnopqrstuvwxyz0123456789ABCD";

    @TempDir
    Path temporary;

    private final ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor();
    private final InstantSource clock = InstantSource.system();
    private Tables tables;
    private Database database;
    private Host host;
    private HostLink link;
    private Sessions sessions;

    @BeforeEach
    void open() throws IOException, InterruptedException {
        StateFolder folder = new StateFolder(temporary.resolve("state"));
        assertThat(folder.prepare()).isEmpty();
        host = Host.open(folder);
        link = new HostLink(folder.hostSocket(), () -> {
            throw new IOException("the test has started it");
        });
        database = Database.open(folder.database());
        tables = Tables.of(database, clock);
        sessions = new Sessions(
                new Surroundings(
                        folder,
                        link,
                        tables.sessions(),
                        tables.queue(),
                        none(SessionListener.class),
                        new NobodyDecides(),
                        timers,
                        clock,
                        () -> 1,
                        Map.of("PATH", "/usr/bin:/bin"),
                        temporary.resolve("hook")),
                (_, _, _) -> Waiters.Outcome.UNKNOWN);
        sessions.load(projects());
        link.open(sessions);
    }

    /// One who is told and does nothing.
    private static <T> T none(Class<T> kind) {
        return kind.cast(Proxy.newProxyInstance(kind.getClassLoader(), new Class<?>[] {kind}, (_, _, _) -> null));
    }

    /// The secret begins in one row of 80 and ends in the next.
    private List<Project> projects() throws IOException {
        Path script = Files.writeString(
                temporary.resolve("agent"), "printf '%060d ' 0; echo " + SECRET + "; echo shown; exec sleep 1000\n");
        Path file = Files.writeString(temporary.resolve("agentctl.yaml"), """
                defaults: {directory: %s, agent: command, executable: /bin/sh, see_others: true, stop_timeout: 1s}
                projects:
                  - {name: a, args: ["%s"]}
                  - {name: b, args: ["-c", "exit 0"], autostart: false}
                """.formatted(temporary, script));
        ConfigurationResult read = new ConfigurationReader().read(file, Map.of(), temporary);
        return ((ConfigurationResult.Valid) read).configuration().projects();
    }

    @AfterEach
    void close() {
        Session session = sessions.find("a").orElseThrow();
        sessions.stop(session);
        session.when(view -> view.state().childPid() == 0)
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
        sessions.close();
        link.close();
        timers.shutdownNow();
        database.close();
        host.close();
    }

    @Test
    void secretsOnAScreenAreHiddenFromOthersToo() {
        Session session = sessions.find("a").orElseThrow();
        sessions.start(session, false);
        assertThat(Waiting.on(session, new WaitGoal.Text("shown"), 30_000)).isInstanceOf(ControlReply.Reached.class);
        SeenSessions neighbours = new SeenSessions(() -> sessions, none(Post.class), Masking.SHAPES);
        assertHidden(neighbours.screen(new Caller("b", 1), "a").orElseThrow());
        assertHidden(fleet().screen("a").orElseThrow());
    }

    private static void assertHidden(String screen) {
        assertThat(screen).contains("⟨hidden: GitHub token⟩", "shown").doesNotContain("ghp_", SECRET.substring(30));
    }

    private FleetDesk fleet() {
        Post post = none(Post.class);
        OperatorDesk desk = new OperatorDesk(
                tables.questions(),
                tables.buttons(),
                post,
                _ -> {
                    throw new IllegalStateException("not asked");
                },
                none(Askers.class),
                clock);
        PromptDesk prompts = new PromptDesk(tables.prompts(), tables.buttons(), post, clock, timers);
        return new FleetDesk(
                sessions,
                _ -> new ControlReply.Refused(ExitCode.ERROR, "not asked"),
                tables.questions(),
                desk,
                prompts,
                tables.audit(),
                Masking.SHAPES);
    }
}

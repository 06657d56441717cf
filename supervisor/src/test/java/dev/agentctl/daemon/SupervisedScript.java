package dev.agentctl.daemon;

import static org.assertj.core.api.Assertions.assertThat;

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

/// The session `a`, a shell script on a real host and a real state file. Project `b` beside it may see it, and never
/// runs.
final class SupervisedScript implements AutoCloseable {
    final ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor();
    final InstantSource clock = InstantSource.system();
    final Tables tables;
    final HostLink link;
    final Sessions sessions;
    final Session session;

    private final Path temporary;
    private final Host host;
    private final Database database;

    SupervisedScript(Path temporary, String script, String stopTimeout) throws IOException, InterruptedException {
        this(temporary, script, stopTimeout, "no");
    }

    SupervisedScript(Path temporary, String script, String stopTimeout, String restart)
            throws IOException, InterruptedException {
        this.temporary = temporary;
        StateFolder folder = new StateFolder(temporary.resolve("state"));
        assertThat(folder.prepare()).isEmpty();
        host = Host.open(folder);
        link = new HostLink(folder.hostSocket(), () -> {
            throw new IOException("the test has started it");
        });
        database = Database.open(folder.database());
        tables = Tables.of(database, clock);
        Surroundings around = new Surroundings(
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
                temporary.resolve("hook"));
        sessions = new Sessions(around, (_, _, _, _) -> Waiters.Outcome.UNKNOWN);
        sessions.load(projects(script, stopTimeout, restart));
        link.open(sessions);
        session = sessions.find("a").orElseThrow();
    }

    /// One who is told and does nothing.
    static <T> T none(Class<T> kind) {
        return kind.cast(Proxy.newProxyInstance(kind.getClassLoader(), new Class<?>[] {kind}, (_, _, _) -> null));
    }

    private List<Project> projects(String script, String stopTimeout, String restart) throws IOException {
        Path file = temporary.resolve("agentctl.yaml");
        Files.writeString(temporary.resolve("agent"), script);
        Files.writeString(file, """
                defaults:
                  directory: %s
                  agent: command
                  executable: /bin/sh
                  args: ["%s"]
                  autostart: false
                  restart: %s
                  stop_timeout: %s
                  see_others: true
                projects:
                  - name: a
                  - name: b
                """.formatted(temporary, temporary.resolve("agent"), restart, stopTimeout));
        ConfigurationResult read = new ConfigurationReader().read(file, Map.of(), temporary);
        return ((ConfigurationResult.Valid) read).configuration().projects();
    }

    @Override
    public void close() {
        sessions.stop(session);
        sessions.hasten(session);
        session.when(view -> view.state().childPid() == 0)
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
        sessions.close();
        link.close();
        timers.shutdownNow();
        database.close();
        host.close();
    }
}

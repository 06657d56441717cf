package dev.agentctl.daemon;

import dev.agentctl.control.ControlClient;
import dev.agentctl.control.ControlReply;
import dev.agentctl.control.ControlRequest;
import dev.agentctl.control.SessionReport;
import dev.agentctl.host.Host;
import dev.agentctl.host.HostClient;
import dev.agentctl.host.HostReader;
import dev.agentctl.host.HostReply;
import dev.agentctl.host.HostRequest;
import dev.agentctl.host.LogItem;
import dev.agentctl.host.Mark;
import dev.agentctl.project.ConfigurationReader;
import dev.agentctl.project.ConfigurationResult;
import dev.agentctl.wire.StateFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/// The runs that `scripts/build` makes the start-up caches of host and supervisor from: the host alone with a child
/// that is killed and others that end, and the supervisor, its host in the same process, with a session that calls
/// the tools' server, gets a message, and is stopped, and sessions that are started again after a crash. What is not
/// run here is made ready only when it is needed, and a crash must not wait for that.
public final class Rehearsal {
    private static final int MOST_LOOKS = 400;
    private static final int STARTS = 400;
    private static final int CRASHES = 200;

    /// Says hello to the tools' server as an agent does, then waits for a line.
    private static final String CHILD = """
            body='{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25",\
            "capabilities":{},"clientInfo":{"name":"rehearsal","version":"1"}}}'
            exec 3<>/dev/tcp/127.0.0.1/$AGENTCTL_PORT
            printf 'POST /mcp HTTP/1.1\\r\\nHost: 127.0.0.1:%s\\r\\nAuthorization: Bearer %s\\r\\nAccept: \
            application/json, text/event-stream\\r\\nContent-Type: application/json\\r\\nContent-Length: %s\\r\\n\\r\\n%s' \
            "$AGENTCTL_PORT" "$AGENTCTL_TOKEN" "${#body}" "$body" >&3
            head -n 1 <&3
            read -r line
            echo "heard $line"
            read -r line
            """;

    private Rehearsal() {}

    /// Plays the role that `arguments[0]` names in `AGENTCTL_HOME`, which must be a scratch folder.
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Map<String, String> environment = System.getenv();
        StateFolder folder = StateFolder.of(environment);
        boolean played = folder.prepare().isEmpty();
        if (played) {
            Path script = Files.writeString(folder.path().resolve("child"), CHILD);
            try (Host _ = Host.open(folder)) {
                if (arguments[0].equals("host")) {
                    playHost(folder);
                } else {
                    played = playSupervisor(folder, environment, script);
                }
            }
        }
        System.exit(played ? 0 : 1);
    }

    private static void playHost(StateFolder folder) throws IOException, InterruptedException {
        try (HostClient client = HostClient.connect(folder.hostSocket(), HostClient.Observer.NONE);
                HostReader reader = HostClient.read(folder.hostSocket(), new HostRequest.Read("a", 0, -1, true))) {
            client.ask(new HostRequest.Watch());
            client.ask(spawn(folder, 1, "/bin/cat"));
            client.ask(new HostRequest.Input("a", 1, new byte[] {'\r'}));
            client.ask(new HostRequest.Resize("a", 90, 30));
            client.ask(new HostRequest.SendSignal("a", 1, "KILL"));
            awaitExit(reader);
            for (int generation = 2; generation < STARTS; generation++) {
                // refused where the end of the former one is read but not yet told
                if (client.ask(spawn(folder, generation, "/bin/echo")) instanceof HostReply.Spawned) {
                    awaitExit(reader);
                }
            }
            client.sessions();
        }
    }

    private static HostRequest.Spawn spawn(StateFolder folder, long generation, String program) {
        return new HostRequest.Spawn(
                "a", generation, List.of(program), folder.path().toString(), Map.of(), 80, 24);
    }

    private static void awaitExit(HostReader reader) throws IOException {
        Optional<LogItem> item = reader.next();
        while (item.isPresent() && !(item.get() instanceof LogItem.Marked(long _, long _, Mark.Exited _))) {
            item = reader.next();
        }
    }

    private static boolean playSupervisor(StateFolder folder, Map<String, String> environment, Path script)
            throws IOException, InterruptedException {
        Path file = folder.path().resolve("agentctl.yaml");
        StringBuilder projects = new StringBuilder("""
                projects:
                  - name: a
                    directory: %s
                    agent: command
                    executable: bash
                    args: [%s]
                    stop_timeout: 1s
                """.formatted(folder.path(), script));
        for (int i = 0; i < CRASHES; i++) {
            projects.append("""
                      - name: crash-%d
                        directory: %s
                        agent: command
                        executable: cat
                        stop_timeout: 1s
                    """.formatted(i, folder.path()));
        }
        Files.writeString(file, projects);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        if (new ConfigurationReader().read(file, environment, folder.path())
                instanceof ConfigurationResult.Valid valid) {
            try (Supervisor _ = Supervisor.open(valid.configuration(), folder, environment, folder.path(), "", false)) {
                play(folder);
                return true;
            }
        }
        return false;
    }

    private static void play(StateFolder folder) throws IOException, InterruptedException {
        try (ControlClient client = ControlClient.connect(folder.supervisorSocket())) {
            awaitScreen(client, "HTTP/1.1");
            crash(client);
            client.ask(new ControlRequest.Send("a", "a word", UUID.randomUUID().toString()));
            awaitScreen(client, "heard a word");
            client.ask(new ControlRequest.Stop(List.of()));
        }
    }

    /// Kills each child that is there for that, and waits until the next one runs.
    private static void crash(ControlClient client) throws IOException, InterruptedException {
        awaitRestarts(client, 0);
        for (SessionReport session : crashing(client)) {
            if (session.pid() != 0) {
                ProcessHandle.of(session.pid()).ifPresent(ProcessHandle::destroyForcibly);
            }
        }
        awaitRestarts(client, 1);
    }

    private static void awaitRestarts(ControlClient client, int restarts) throws IOException, InterruptedException {
        for (int i = 0; i < MOST_LOOKS; i++) {
            if (crashing(client).stream().allMatch(one -> one.pid() != 0 && one.restarts() == restarts)) {
                return;
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private static List<SessionReport> crashing(ControlClient client) throws IOException {
        return client.ask(new ControlRequest.Status(Optional.empty())) instanceof ControlReply.Report report
                ? report.sessions().stream()
                        .filter(session -> session.name().startsWith("crash-"))
                        .toList()
                : List.of();
    }

    /// Looks until the screen has it. That it never comes spoils nothing: then the cache holds less.
    private static void awaitScreen(ControlClient client, String wanted) throws IOException, InterruptedException {
        for (int i = 0; i < MOST_LOOKS && !shows(client, wanted); i++) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private static boolean shows(ControlClient client, String wanted) throws IOException {
        return client.ask(new ControlRequest.ShowScreen("a", false)) instanceof ControlReply.Text(String text)
                && text.contains(wanted);
    }
}

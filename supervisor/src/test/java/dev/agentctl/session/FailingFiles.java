package dev.agentctl.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentctl.agent.Agent;
import dev.agentctl.agent.Limit;
import dev.agentctl.host.HostLink;
import dev.agentctl.project.AgentKind;
import dev.agentctl.project.Project;
import dev.agentctl.session.Effect.Notice;
import dev.agentctl.session.Message.Stage;
import dev.agentctl.store.Database;
import dev.agentctl.store.MessageTable;
import dev.agentctl.store.SessionTable;
import dev.agentctl.testkit.FailingCalls;
import dev.agentctl.testkit.FaultSweep;
import dev.agentctl.wire.StateFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Stream;

/// Makes starts of every kind of agent ready, writes checkpoints and reads what hooks kept, while the n-th call
/// on files fails. What is there afterwards is the former or the next version, whole; nothing is there besides; a start
/// that
/// could not be made ready may be tried again; and what goes on without faults finds nothing in its way.
final class FailingFiles {
    /// As many digits each, so that nothing else differs between two versions.
    private static final int[] PORTS = {11_111, 22_222, 33_333};

    private final MessageTable queue;
    private final SessionTable memory;
    private final ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor();
    private int port;

    private FailingFiles(Database elsewhere) {
        queue = new MessageTable(elsewhere, InstantSource.system());
        memory = new SessionTable(elsewhere);
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        try (Database elsewhere = Database.open(Path.of(arguments[0]).resolve("elsewhere.db"))) {
            FailingFiles files = new FailingFiles(elsewhere);
            FaultSweep.play(arguments, files::play);
        }
        System.exit(0);
    }

    private long play(FailingCalls faults, long n, boolean lasting, Path folder) throws IOException {
        List<Start> starts =
                Stream.of(AgentKind.values()).map(kind -> start(kind, folder)).toList();
        CheckpointFile checkpoint = new CheckpointFile(folder.resolve("checkpoint"));
        prepareAll(starts, 0);
        Map<String, String> before = files(folder);
        checkpoint.write(checkpoint(0));
        Path kept = Files.createDirectories(folder.resolve("kept/hooks"));
        for (String key : List.of("1", "2", "3")) {
            Files.writeString(kept.resolve(key + ".json"), "event " + key);
        }
        TreeSet<String> taken = new TreeSet<>();

        FaultSweep.arm(faults, n, lasting, folder);
        prepareAll(starts, 1);
        try {
            checkpoint.write(checkpoint(1));
        } catch (IOException _) {
            // the next one may succeed
        }
        HookSpool spool = new HookSpool(folder.resolve("kept"));
        spool.drain(Instant.now(), (key, event, _) -> taken.add(key + event));
        long calls = faults.calls();
        faults.disarm(folder);

        verifyWhole(before, files(folder), n);
        assertThat(checkpoint.read())
                .as("call %d", n)
                .hasValueSatisfying(read -> assertThat(version(read)).isLessThan(2));
        spool.drain(Instant.now(), (key, event, _) -> taken.add(key + event));
        assertThat(taken).as("call %d", n).containsExactly("1event 1", "2event 2", "3event 3");
        assertThat(kept).as("call %d", n).isEmptyDirectory();

        checkpoint.write(checkpoint(2));
        assertThat(version(checkpoint.read().orElseThrow())).isEqualTo(2);
        assertThat(prepareAll(starts, 2)).allMatch(Launcher.Ready.class::isInstance);
        Map<String, String> after = files(folder);
        assertThat(after).as("call %d", n).isEqualTo(before);
        return calls;
    }

    private record Start(Launcher launcher, SessionView view) {}

    private Start start(AgentKind kind, Path folder) {
        try {
            Path home = Files.createDirectories(folder.resolve(kind.word() + "-home"));
            Files.createDirectories(home.resolve(".gemini"));
            Files.writeString(home.resolve(".gemini/settings.json"), "{\"own\":true}");
            Path directory = Files.createDirectories(folder.resolve(kind.word() + "-project"));
            Project project =
                    ScriptedProject.write(directory, kind, "#!/bin/true\n").project();
            SessionModel model = SessionModel.remembered(Memory.BLANK, Instant.now());
            return new Start(
                    new Launcher(around(new StateFolder(folder.resolve(kind.word())), home), Agent.of(kind)),
                    new SessionView(project, model, Memory.BLANK));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Surroundings around(StateFolder state, Path home) {
        HostLink nobody = new HostLink(state.hostSocket(), () -> {
            throw new IOException("no host is needed");
        });
        return new Surroundings(
                state,
                nobody,
                memory,
                queue,
                new NobodyListens(),
                new NobodyDecides(),
                timers,
                InstantSource.system(),
                () -> port,
                Map.of("PATH", "/usr/bin:/bin", "HOME", home.toString()),
                state.path().resolve("hook"));
    }

    private List<Launcher.Prepared> prepareAll(List<Start> starts, int version) {
        port = PORTS[version];
        List<Launcher.Prepared> all = starts.stream()
                .map(start -> start.launcher.prepare(
                        start.view, true, Optional.empty(), 80, 24, CompletableFuture.completedFuture(null)))
                .toList();
        for (Launcher.Prepared prepared : all) {
            if (prepared instanceof Launcher.Refused refused) {
                assertThat(refused.permanent()).as(refused.reason()).isFalse();
            }
        }
        return all;
    }

    /// All files and links by their name, as if the version made no difference.
    private static Map<String, String> files(Path folder) throws IOException {
        Map<String, String> found = new TreeMap<>();
        for (AgentKind kind : AgentKind.values()) {
            for (String name : List.of(kind.word(), kind.word() + "-home")) {
                try (Stream<Path> all = Files.walk(folder.resolve(name))) {
                    for (Path file : all.toList()) {
                        if (Files.isSymbolicLink(file)) {
                            found.put(folder.relativize(file).toString(), "-> " + Files.readSymbolicLink(file));
                        } else if (Files.isRegularFile(file)) {
                            String text = Files.readString(file);
                            for (int other : PORTS) {
                                text = text.replace(Integer.toString(other), "PORT");
                            }
                            String content = text.length() + " characters, hash " + text.hashCode();
                            found.put(folder.relativize(file).toString(), content);
                        }
                    }
                }
            }
        }
        return found;
    }

    private static void verifyWhole(Map<String, String> before, Map<String, String> now, long n) {
        assertThat(now).as("call %d", n).containsAllEntriesOf(before);
        assertThat(now.keySet()).as("call %d", n).allMatch(name -> before.containsKey(name) || name.endsWith(".new"));
    }

    private static CheckpointFile.Checkpoint checkpoint(int version) {
        byte[] bytes = new byte[20_000 + version];
        Arrays.fill(bytes, (byte) version);
        return new CheckpointFile.Checkpoint(
                new SessionScreen.Painted(version, 1, 80, 24, bytes),
                new Announcements.Left(version, Optional.empty(), "title"));
    }

    private static int version(CheckpointFile.Checkpoint read) {
        int version = (int) read.painted().offset();
        assertThat(read.painted().bytes())
                .isEqualTo(checkpoint(version).painted().bytes());
        return version;
    }

    private static final class NobodyListens implements SessionListener {
        @Override
        public void noticed(String session, Notice notice) {}

        @Override
        public void waiting(String session, String what) {}

        @Override
        public void turnEnded(String session, String key, String answer) {}

        @Override
        public void turnFailed(String session, String key, String reason) {}

        @Override
        public void limited(String session, String key, String reason, Limit limit, Optional<Instant> until) {}

        @Override
        public void advanced(Message message, Stage stage, Optional<String> evidence) {}
    }
}

package dev.agentctl.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentctl.control.ControlClient;
import dev.agentctl.control.ControlReply;
import dev.agentctl.control.ControlRequest;
import dev.agentctl.control.SessionReport;
import dev.agentctl.pty.Signal;
import dev.agentctl.testkit.AgentHome;
import dev.agentctl.testkit.BuiltProduct;
import dev.agentctl.testkit.telegram.TelegramStandIn;
import dev.agentctl.wire.RoleLaunch;
import dev.agentctl.wire.RoleLock;
import dev.agentctl.wire.StateFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/// The product as its processes, in a home of its own. Waits poll a named condition with a limit.
final class Product implements AutoCloseable {
    static final long OPERATOR = 4_711;
    private static final Duration STEP = Duration.ofMillis(20);
    /// What is waited for has a name: only a failing test takes so long, and a fresh agent on a busy machine nearly
    /// does.
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final AgentHome home;
    private final StateFolder folder;
    private final Path configuration;

    Product(AgentHome home) throws IOException {
        this.home = home;
        this.folder = new StateFolder(home.path().resolve("state"));
        this.configuration = home.path().resolve("agentctl.yaml");
        assertThat(folder.prepare()).isEmpty();
    }

    /// Writes the configuration: the bot at the stand-in, and these projects.
    void configure(Optional<TelegramStandIn> telegram, String projects) throws IOException {
        String bot = telegram.map(standIn -> "telegram:\n  token: \"" + TelegramStandIn.TOKEN + "\"\n  operators: ["
                        + OPERATOR + "]\n  api_url: " + standIn.url() + "\n")
                .orElse("");
        Files.writeString(configuration, bot + "projects:\n" + projects);
        Files.setPosixFilePermissions(configuration, PosixFilePermissions.fromString("rw-------"));
    }

    /// Starts the supervisor and waits until it answers.
    void up() throws IOException, InterruptedException {
        Map<String, String> environment = new HashMap<>(home.environment());
        environment.put("AGENTCTL_CONFIG", configuration.toString());
        Process process = BuiltProduct.role(RoleLaunch.SUPERVISOR).start(folder, environment);
        await("the supervisor answers", Duration.ofMinutes(2), () -> {
            assertThat(process.isAlive()).as("supervisor: %s", log()).isTrue();
            return answers();
        });
    }

    private boolean answers() {
        try (ControlClient client = ControlClient.connect(folder.supervisorSocket())) {
            return client.ask(new ControlRequest.Status(Optional.empty())) instanceof ControlReply.Report;
        } catch (IOException _) {
            return false;
        }
    }

    ControlReply ask(ControlRequest request) throws IOException {
        try (ControlClient client = ControlClient.connect(folder.supervisorSocket())) {
            return client.ask(request);
        }
    }

    ControlReply send(String project, String text) throws IOException {
        return ask(new ControlRequest.Send(project, text, UUID.randomUUID().toString()));
    }

    /// Follows a message until nothing more comes of it.
    ControlReply.Delivered awaitDelivery(String project, String key) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
        String seen = "";
        while (true) {
            ControlReply reply = ask(new ControlRequest.AwaitDelivery(project, key, seen, 60_000));
            assertThat(reply).isInstanceOf(ControlReply.Delivered.class);
            ControlReply.Delivered delivered = (ControlReply.Delivered) reply;
            if (delivered.over()) {
                return delivered;
            }
            assertThat(System.nanoTime()).as("%s is over", delivered).isLessThan(deadline);
            // it may go back into the queue, and be seen where it was before
            seen = delivered.message().orElseThrow().stage();
        }
    }

    SessionReport status(String project) throws IOException {
        ControlReply reply = ask(new ControlRequest.Status(Optional.of(project)));
        assertThat(reply).isInstanceOf(ControlReply.Report.class);
        return ((ControlReply.Report) reply).sessions().getFirst();
    }

    SessionReport awaitStatus(String project, String what, Predicate<SessionReport> wanted)
            throws IOException, InterruptedException {
        SessionReport[] last = new SessionReport[1];
        await(
                project + " is " + what,
                PATIENCE,
                () -> {
                    last[0] = status(project);
                    return wanted.test(last[0]);
                },
                () -> last[0] + "\n" + screen(project));
        return last[0];
    }

    SessionReport awaitState(String project, String state) throws IOException, InterruptedException {
        return awaitStatus(project, state, report -> report.state().equals(state));
    }

    /// Waits until that is what its conversation has taken.
    void awaitTokens(String project, String words) throws IOException, InterruptedException {
        var _ = awaitStatus(
                project,
                words,
                report -> report.tokens()
                        .filter(tokens -> tokens.words().equals(words))
                        .isPresent());
    }

    void awaitScreen(String project, String words) throws IOException, InterruptedException {
        await(
                "the screen of " + project + " shows: " + words,
                PATIENCE,
                () -> screen(project).contains(words),
                () -> screen(project));
    }

    String screen(String project) {
        try {
            return ask(new ControlRequest.ShowScreen(project, false)).toString();
        } catch (IOException e) {
            return "no screen: " + e.getMessage();
        }
    }

    void killSupervisor() throws InterruptedException, IOException {
        end(Long.parseLong(RoleLock.holder(folder.supervisorLock())));
    }

    /// False while the one that was killed has no successor: its lock keeps its number.
    boolean hostRuns() throws IOException {
        return ProcessHandle.of(Invariants.pid(folder.hostLock()))
                .filter(ProcessHandle::isAlive)
                .isPresent();
    }

    void killHost() throws InterruptedException, IOException {
        end(Long.parseLong(RoleLock.holder(folder.hostLock())));
    }

    void kill(String project) throws IOException {
        assertThat(Signal.KILL.send(status(project).pid())).isTrue();
    }

    private static void end(long pid) throws InterruptedException {
        Optional<ProcessHandle> process = ProcessHandle.of(pid);
        assertThat(Signal.KILL.send(pid)).isTrue();
        if (process.isPresent()) {
            try {
                var _ = process.get().onExit().get(10, TimeUnit.SECONDS);
            } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
                throw new AssertionError("process " + pid + " does not end", e);
            }
        }
    }

    String log() {
        try {
            return Files.readString(folder.roleLog("supervisor"));
        } catch (IOException e) {
            return "no log: " + e.getMessage();
        }
    }

    StateFolder folder() {
        return folder;
    }

    /// A condition that may fail to be looked at.
    interface Condition {
        boolean holds() throws IOException;
    }

    static void await(String what, Duration limit, Condition condition) throws IOException, InterruptedException {
        await(what, limit, condition, () -> "");
    }

    /// @param found what there was instead
    static void await(String what, Duration limit, Condition condition, java.util.function.Supplier<String> found)
            throws IOException, InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("not within " + limit.toSeconds() + " s: " + what + "\n" + found.get());
            }
            TimeUnit.NANOSECONDS.sleep(STEP.toNanos());
        }
    }

    /// Ends everything; the home ends what is left.
    @Override
    public void close() throws IOException {
        try {
            var _ = ask(new ControlRequest.Down(false));
        } catch (IOException _) {
            // it was not running
        }
    }
}

package dev.agentctl.bench;

import dev.agentctl.control.ControlClient;
import dev.agentctl.control.ControlReply;
import dev.agentctl.control.ControlRequest;
import dev.agentctl.control.SessionReport;
import dev.agentctl.testkit.telegram.TelegramStandIn;
import dev.agentctl.wire.StateFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// The product as people start it, by its launcher.
final class Agentctl implements Keeper {
    static final long OPERATOR = 4_711;

    private final Path launcher;
    private final BenchHome home = new BenchHome();
    private final StateFolder folder = new StateFolder(home.file("state"));
    private String telegram = "";

    Agentctl(Path launcher) throws IOException {
        this.launcher = launcher;
        home.set("AGENTCTL_HOME", folder.path());
        home.set("AGENTCTL_CONFIG", home.file("agentctl.yaml"));
    }

    @Override
    public String name() {
        return "agentctl";
    }

    @Override
    public BenchHome home() {
        return home;
    }

    Path launcher() {
        return launcher;
    }

    StateFolder folder() {
        return folder;
    }

    /// Lets the supervisor talk to this bot from its start.
    void use(TelegramStandIn standIn) {
        telegram = "telegram:\n  token: \"" + TelegramStandIn.TOKEN + "\"\n  operators: [" + OPERATOR + "]\n  api_url: "
                + standIn.url() + "\n";
    }

    @Override
    public void start(int children, List<String> command) throws IOException, InterruptedException {
        begin(children, command);
        Clock.await("all sessions run", () -> pids().stream().allMatch(pid -> pid > 0));
    }

    /// The same without waiting for the children.
    void begin(int children, List<String> command) throws IOException, InterruptedException {
        StringBuilder projects = new StringBuilder();
        for (String child : Keeper.names(children)) {
            List<String> argv = Keeper.named(command, child);
            List<String> quoted =
                    argv.stream().skip(1).map(word -> "'" + word + "'").toList();
            projects.append("  - name: ").append(child);
            projects.append("\n    directory: ").append(home.path());
            projects.append("\n    agent: command\n    executable: ").append(argv.getFirst());
            projects.append("\n    args: ").append(quoted).append("\n    restart: always\n");
        }
        configure(projects.toString());
        up();
    }

    /// Writes the configuration with these entries of its list of projects.
    void configure(String projects) throws IOException {
        Path file = home.file("agentctl.yaml");
        Files.writeString(file, telegram + "projects:\n" + projects);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    /// Starts the supervisor, and the host where none runs.
    void up() throws IOException, InterruptedException {
        home.run(launcher.toString(), "up", "--detach");
    }

    ControlReply ask(ControlRequest request) throws IOException {
        try (ControlClient client = ControlClient.connect(folder.supervisorSocket())) {
            return client.ask(request);
        }
    }

    ControlRequest.Send message(String project, String text) {
        return new ControlRequest.Send(project, text, UUID.randomUUID().toString());
    }

    ControlReply.Report report() throws IOException {
        if (ask(new ControlRequest.Status(Optional.empty())) instanceof ControlReply.Report report) {
            return report;
        }
        throw new IOException("the supervisor gives no report");
    }

    /// The children in the order of their sessions; 0 where none runs.
    List<Long> pids() throws IOException {
        return report().sessions().stream().map(SessionReport::pid).toList();
    }

    @Override
    public List<Long> daemons() throws IOException {
        ControlReply.Report report = report();
        List<Long> daemons = new ArrayList<>(List.of(report.supervisor().pid()));
        report.host().ifPresent(host -> daemons.add(host.pid()));
        return daemons;
    }

    @Override
    public List<String> statusCommand() {
        return List.of(launcher.toString(), "status");
    }

    @Override
    public List<String> attachCommand(String child) {
        return List.of(launcher.toString(), "attach", child);
    }

    @Override
    public void close() throws IOException {
        home.close();
    }
}

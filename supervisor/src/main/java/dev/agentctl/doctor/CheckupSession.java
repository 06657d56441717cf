package dev.agentctl.doctor;

import dev.agentctl.agent.Environment;
import dev.agentctl.control.ControlClient;
import dev.agentctl.control.ControlReply;
import dev.agentctl.control.ControlRequest;
import dev.agentctl.control.PromptChoice;
import dev.agentctl.control.PromptReport;
import dev.agentctl.control.SessionReport;
import dev.agentctl.pty.Leftovers;
import dev.agentctl.pty.Signal;
import dev.agentctl.wire.RoleLaunch;
import dev.agentctl.wire.RoleLock;
import dev.agentctl.wire.StateFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/// The session of the agent that is tried, with a supervisor and a host of its own. For one thread.
final class CheckupSession implements AutoCloseable {
    private static final long LOOK_MILLIS = 50;
    private static final long END_SECONDS = 10;

    private final StateFolder folder;
    private final Process supervisor;
    /// Every evidence that was seen, since a state may pass between two that are waited for.
    private final Set<String> evidence = new LinkedHashSet<>();

    private CheckupSession(StateFolder folder, Process supervisor) {
        this.folder = folder;
        this.supervisor = supervisor;
    }

    static CheckupSession open(StateFolder folder, Map<String, String> environment) throws IOException {
        folder.prepare().ifPresent(problem -> {
            throw new IllegalStateException(problem);
        });
        return new CheckupSession(folder, RoleLaunch.SUPERVISOR.start(folder, environment));
    }

    /// Something that may be there by now.
    interface Look<T> {
        Optional<T> look() throws IOException;
    }

    /// Looks until it is there; empty when the time has passed, or nobody is there to be asked any more.
    <T> Optional<T> await(long seconds, Look<T> look) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (System.nanoTime() - deadline < 0 && supervisor.isAlive()) {
            try {
                Optional<T> seen = look.look();
                if (seen.isPresent()) {
                    return seen;
                }
            } catch (IOException _) {
                // it does not listen yet
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
        return Optional.empty();
    }

    private ControlReply ask(ControlRequest request) throws IOException {
        try (ControlClient client = ControlClient.connect(folder.supervisorSocket())) {
            return client.ask(request);
        }
    }

    SessionReport status() throws IOException {
        if (ask(new ControlRequest.Status(Optional.of(CheckupHome.PROJECT))) instanceof ControlReply.Report report) {
            SessionReport session = report.sessions().getFirst();
            evidence.add(session.evidence());
            return session;
        }
        throw new IOException("the supervisor tells no state");
    }

    /// Whether any state that was seen came from this.
    boolean wasTold(String source) {
        return evidence.stream().anyMatch(seen -> seen.contains(source));
    }

    /// What it is and what its screen's last line shows, for a finding.
    String where() {
        try {
            SessionReport session = status();
            return session.state()
                    + (session.evidence().isEmpty() ? "" : " (" + session.evidence() + ")")
                    + lastLine()
                            .map(line -> ", its screen shows \"" + line + "\"")
                            .orElse("");
        } catch (IOException e) {
            return "the supervisor of the check is gone: " + e.getMessage();
        }
    }

    private Optional<String> lastLine() throws IOException {
        return ask(new ControlRequest.ShowScreen(CheckupHome.PROJECT, false)) instanceof ControlReply.Text(String text)
                ? text.lines()
                        .map(String::strip)
                        .filter(line -> line.codePoints().anyMatch(Character::isLetter))
                        .reduce((_, later) -> later)
                : Optional.empty();
    }

    void send(Scene scene) throws IOException {
        ask(new ControlRequest.Send(CheckupHome.PROJECT, scene.prompt(), scene.name()));
    }

    /// How far the message that began a scene has come.
    Optional<ControlReply.Delivered> delivery(Scene scene) throws IOException {
        return ask(new ControlRequest.AwaitDelivery(CheckupHome.PROJECT, scene.name(), "", 1))
                        instanceof ControlReply.Delivered delivered
                ? Optional.of(delivered)
                : Optional.empty();
    }

    Optional<PromptReport> prompt() throws IOException {
        return ask(new ControlRequest.ListPrompts(Optional.of(CheckupHome.PROJECT)))
                        instanceof ControlReply.Prompts(List<PromptReport> prompts)
                ? prompts.stream().findFirst()
                : Optional.empty();
    }

    void decide(PromptReport prompt, PromptChoice choice) throws IOException {
        ask(new ControlRequest.Decide(prompt.id(), choice));
    }

    Optional<Path> transcript() throws IOException {
        return ask(new ControlRequest.Transcript(CheckupHome.PROJECT))
                        instanceof ControlReply.TranscriptFile(Optional<String> path)
                ? path.map(Path::of)
                : Optional.empty();
    }

    /// Ends the agent without a warning, as an accident does.
    void kill(SessionReport session) {
        Signal.KILL.send(session.pid());
    }

    /// Ends everything: asked first, and made to where that does not help.
    @Override
    public void close() {
        try {
            ask(new ControlRequest.Down(false));
        } catch (IOException _) {
            // it has ended already, or never began
        }
        awaitEnd();
        String host = RoleLock.holder(folder.hostLock());
        if (host.matches("[0-9]{1,18}")) {
            ProcessHandle.of(Long.parseLong(host)).ifPresent(ProcessHandle::destroyForcibly);
        }
        for (long pid : Leftovers.find(Environment.SESSION_COOKIE, folder.path() + ":" + CheckupHome.PROJECT)) {
            Signal.KILL.send(pid);
        }
    }

    private void awaitEnd() {
        try {
            if (supervisor.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        supervisor.destroyForcibly();
    }
}

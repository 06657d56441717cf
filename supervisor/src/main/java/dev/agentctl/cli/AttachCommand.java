package dev.agentctl.cli;

import dev.agentctl.control.ControlReply;
import dev.agentctl.control.ControlRequest;
import dev.agentctl.control.ExitCode;
import dev.agentctl.control.SessionReport;
import dev.agentctl.host.HostClient;
import dev.agentctl.host.HostReply;
import dev.agentctl.host.HostRequest;
import dev.agentctl.posix.TimeSlice;
import dev.agentctl.project.NearNames;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "attach",
        header = "Sit down at an agent's terminal",
        description = {
            "%nShows the agent's terminal in yours and gives it your keys, until you detach with Ctrl-\\. The agent"
                    + " does not notice that you leave. Several may be attached at once; the terminal takes the size"
                    + " of whoever typed last, and keeps it. A window of another size shows what there is room for."
                    + " Works without a supervisor, too.",
            "%nWhile you type, and for 5 s after, messages that wait for the agent are not typed; 2 minutes where you"
                    + " leave a draft. Without PROJECT you choose from a list.",
            "%nEvery key goes to the agent, Ctrl-Z and Ctrl-C too. To put attach into the background, detach, or send"
                    + " it SIGTSTP; fg paints it again. After a kill -9 of attach itself your terminal is left as the"
                    + " agent had it: type reset and Enter."
        },
        footer = {
            "%nExamples:",
            "  agentctl attach project-a",
            "  agentctl attach project-a --read-only           only look",
            "  agentctl attach project-a --status-line         see its state, too",
            "  agentctl attach project-a --steal               and detach everybody else",
            "  agentctl attach project-a --detach-key C-]      where it needs Ctrl-\\ itself",
            "  export AGENTCTL_DETACH_KEY=C-]                  the same, always",
            "  ssh -t server agentctl attach project-a"
        })
final class AttachCommand extends Verb {
    /// States that no restart follows by itself.
    static final Set<String> AT_REST = Set.of("stopped", "exited", "failed");

    @Parameters(
            arity = "0..1",
            paramLabel = "PROJECT",
            completionCandidates = NamedProjects.class,
            description = "Whose terminal (default: choose from a list).")
    private String project = "";

    @Option(
            names = {"-r", "--read-only"},
            description = "Send it nothing, not even the size of your window.")
    private boolean readOnly;

    @Option(
            names = "--steal",
            description = "Detach all others. They are told who did it, and their attach ends with exit code 7.")
    private boolean steal;

    @Option(
            names = "--detach-key",
            paramLabel = "KEY",
            description = "The key that leaves, by its name for keys (default: $AGENTCTL_DETACH_KEY, else C-\\).")
    private @Nullable String detachKey;

    @Option(
            names = "--status-line",
            description =
                    "Keep the last row for a line that says the agent's state, what waits for it, who else is"
                            + " attached, and the key that leaves. The agent gets one row less; your terminal's scrollback gets nothing.")
    private boolean statusLine;

    @Option(
            names = "--wait",
            description = "Where the agent does not run, wait until somebody starts it, instead of exit code 3 or 5.")
    private boolean wait;

    AttachCommand(Agentctl root) {
        super(root);
    }

    @Override
    ExitCode run() throws CommandFailure, IOException, InterruptedException {
        if (steal && readOnly) {
            // nobody would be left who can type
            throw new CommandFailure(ExitCode.USAGE, "--steal and --read-only exclude each other; say one of them");
        }
        DetachKey key = detachKey();
        if (project.isEmpty()) {
            Optional<String> chosen = choose();
            if (chosen.isEmpty()) {
                return ExitCode.OK;
            }
            project = chosen.get();
        }
        if (wait) {
            requireTerminal();
            awaitSession();
        } else {
            requireSession();
            requireTerminal();
        }
        return attach(key);
    }

    /// Where only one runs there is nothing to choose.
    private Optional<String> choose() throws CommandFailure, IOException {
        List<ProjectChoice> all = ProjectChoice.all(root());
        String names = String.join(", ", all.stream().map(ProjectChoice::name).toList());
        if (!surroundings().interactive()) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    all.isEmpty()
                            ? "say which project; none is there, see: agentctl status"
                            : "say which project: " + names);
        }
        List<ProjectChoice> running =
                all.stream().filter(ProjectChoice::running).toList();
        if (running.isEmpty()) {
            throw new CommandFailure(
                    ExitCode.NOT_RUNNING,
                    all.isEmpty()
                            ? "there is no project that runs; see: agentctl status"
                            : "no project runs; start one with: agentctl start "
                                    + all.getFirst().name());
        }
        if (running.size() == 1) {
            return Optional.of(running.getFirst().name());
        }
        try (ClientTerminal terminal = ClientTerminal.open()) {
            return new ProjectPicker(terminal, all).pick();
        }
    }

    private ExitCode attach(DetachKey key) throws CommandFailure, IOException, InterruptedException {
        // whoever types sees each key come back
        TimeSlice.set(TimeSlice.SHORT);
        CompletableFuture<Attachment> attached = new CompletableFuture<>();
        HostClient.Observer observer = new HostClient.Observer() {
            @Override
            public void ended(HostReply.Ended ended) {}

            @Override
            public void hostGone() {}

            @Override
            public void company(List<String> others) {
                var _ = attached.thenAccept(attachment -> attachment.company(others));
            }

            @Override
            public void takenOver(HostReply.TakenOver taken) {
                var _ = attached.thenAccept(attachment -> attachment.takenOver(taken.by()));
            }
        };
        try (HostClient host = HostCall.connect(surroundings().state(), observer);
                ClientTerminal terminal = ClientTerminal.open();
                Attachment attachment = new Attachment(root(), project, host, terminal, readOnly)) {
            attached.complete(attachment);
            String who = Visitor.describe(surroundings().environment());
            Farewell end = run(attachment, key, new HostRequest.Attach(project, who, steal));
            terminal.lastWords(
                    end.code() == ExitCode.OK
                            ? surroundings().out()
                            : surroundings().err(),
                    end.line());
            return end.code();
        }
    }

    /// What fails here is told as every end is: while the terminal that may stand still is watched.
    private Farewell run(Attachment attachment, DetachKey key, HostRequest.Attach attach)
            throws IOException, InterruptedException {
        try {
            return attachment.run(key, attach, statusLine);
        } catch (CommandFailure e) {
            return Farewell.failed(e);
        }
    }

    private DetachKey detachKey() throws CommandFailure {
        String variable = surroundings().environment().getOrDefault("AGENTCTL_DETACH_KEY", "");
        return DetachKey.named(detachKey != null ? detachKey : variable.isEmpty() ? "C-\\" : variable);
    }

    private void requireTerminal() throws CommandFailure {
        if (!surroundings().interactive()) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "attach needs a terminal at both ends; without one see: agentctl screen " + project);
        }
    }

    /// Looks now and then, because whoever starts it may have to start the supervisor first.
    private void awaitSession() throws CommandFailure, InterruptedException {
        boolean told = false;
        while (true) {
            try {
                requireSession();
                return;
            } catch (CommandFailure e) {
                if (e.code() != ExitCode.NOT_RUNNING && e.code() != ExitCode.UNREACHABLE) {
                    throw e;
                }
                if (!told) {
                    surroundings().err().println("[waiting, Ctrl-C ends it: " + e.getMessage() + "]");
                    told = true;
                }
                TimeUnit.SECONDS.sleep(1);
            }
        }
    }

    private void requireSession() throws CommandFailure {
        Optional<SessionReport> known = report();
        if (known.isPresent()) {
            SessionReport session = known.get();
            if (session.pid() == 0 && AT_REST.contains(session.state())) {
                throw new CommandFailure(
                        ExitCode.NOT_RUNNING,
                        project + " is " + session.state() + "; start it with: agentctl start " + project);
            }
            return;
        }
        List<String> running = HostCall.presence(surroundings().state()).running();
        if (!running.contains(project)) {
            throw new CommandFailure(
                    ExitCode.UNREACHABLE,
                    "no supervisor is running, and no agent of a project '" + project + "'; "
                            + NearNames.question(project, running) + "agentctl start " + project
                            + " starts both");
        }
    }

    /// What the supervisor says of the project; empty when none is running.
    private Optional<SessionReport> report() throws CommandFailure {
        try {
            ControlReply reply = root().supervisor().ask(new ControlRequest.Status(Optional.of(project)));
            if (reply instanceof ControlReply.Report report
                    && !report.sessions().isEmpty()) {
                return Optional.of(report.sessions().getFirst());
            }
            throw Answers.unexpected(reply);
        } catch (CommandFailure e) {
            if (e.code() == ExitCode.UNREACHABLE) {
                return Optional.empty();
            }
            throw e;
        }
    }
}

package dev.agentctl.cli;

import dev.agentctl.control.ControlReply;
import dev.agentctl.control.ControlRequest;
import dev.agentctl.control.ExitCode;
import dev.agentctl.control.SessionReport;
import dev.agentctl.host.HostClient;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "attach",
        header = "Sit down at an agent's terminal",
        description = {
            "%nShows the agent's terminal in yours and gives it your keys, until you detach with Ctrl-\\. The agent"
                    + " does not notice that you leave, and several may be attached at once. Works without a"
                    + " supervisor, too."
        },
        footer = {
            "%nExamples:",
            "  agentctl attach project-a",
            "  agentctl attach project-a --read-only           only look",
            "  agentctl attach project-a --detach-key C-]      where the agent needs Ctrl-\\ itself"
        })
final class AttachCommand extends Verb {
    /// States that no restart follows by itself.
    static final Set<String> AT_REST = Set.of("stopped", "exited", "failed");

    @Parameters(paramLabel = "PROJECT", description = "Whose terminal.")
    private String project = "";

    @Option(
            names = {"-r", "--read-only"},
            description = "Send it nothing, not even the size of your window.")
    private boolean readOnly;

    @Option(
            names = "--detach-key",
            paramLabel = "KEY",
            description = "The key that leaves, by its name for keys (default: C-\\).")
    private String detachKey = "C-\\";

    AttachCommand(Agentctl root) {
        super(root);
    }

    @Override
    ExitCode run() throws CommandFailure, IOException, InterruptedException {
        DetachKey key = DetachKey.named(detachKey);
        requireSession();
        if (!surroundings().interactive()) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "attach needs a terminal at both ends; without one see: agentctl screen " + project);
        }
        Farewell farewell;
        try (HostClient host = HostCall.connect(surroundings().state());
                ClientTerminal terminal = ClientTerminal.open();
                Attachment attachment = new Attachment(root(), project, host, terminal, readOnly)) {
            farewell = attachment.run(key);
        }
        (farewell.code() == ExitCode.OK ? surroundings().out() : surroundings().err()).println(farewell.line());
        return farewell.code();
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
        } else if (!HostCall.presence(surroundings().state()).running().contains(project)) {
            throw new CommandFailure(
                    ExitCode.UNREACHABLE,
                    "no supervisor is running, and no agent of a project '" + project
                            + "'; start both with: agentctl start " + project);
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

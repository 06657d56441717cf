package dev.agentctl.cli;

import dev.agentctl.control.ControlReply;
import dev.agentctl.control.ControlRequest;
import dev.agentctl.control.ExitCode;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "down",
        header = "Stop the supervisor and every agent",
        description = {
            "%nStops every agent the way stop does, then the host and the supervisor, and says what it stopped. A"
                    + " second down meanwhile, or a SIGTERM to the supervisor, kills the agents that have not ended. With"
                    + " --keep-agents only the supervisor ends: the agents go on working, nobody answers for them, and"
                    + " the next start takes them over."
        },
        footer = {
            "%nExamples:",
            "  agentctl down",
            "  agentctl down --keep-agents      for a new version there is: agentctl upgrade"
        })
final class DownCommand extends Verb {
    @Option(names = "--keep-agents", description = "Leave the agents running in the host.")
    private boolean keepAgents;

    private static final long END_SECONDS = 15;

    DownCommand(Agentctl root) {
        super(root);
    }

    @Override
    ExitCode run() throws CommandFailure, InterruptedException {
        ControlReply now = status();
        if (surroundings().interactive() && !keepAgents && runs(now)) {
            surroundings().err().println("stopping every agent; to kill those that have not ended: agentctl down");
        }
        ExitCode code = request(new ControlRequest.Down(keepAgents));
        if (code == ExitCode.OK && now instanceof ControlReply.Report report) {
            awaitEnd(report.supervisor().pid());
        }
        return code;
    }

    private ControlReply status() throws CommandFailure {
        try {
            return root().supervisor().ask(new ControlRequest.Status(Optional.empty()));
        } catch (CommandFailure e) {
            List<String> running = e.code() == ExitCode.UNREACHABLE
                    ? HostCall.presence(surroundings().state()).running()
                    : List.of();
            if (running.isEmpty()) {
                throw e;
            }
            throw new CommandFailure(
                    ExitCode.UNREACHABLE,
                    "no supervisor is running, but the agents are: " + String.join(", ", running)
                            + "; to stop them: agentctl up --detach, then agentctl down");
        }
    }

    private static boolean runs(ControlReply now) {
        return now instanceof ControlReply.Report report
                && report.sessions().stream().anyMatch(session -> session.pid() != 0);
    }

    /// The answer leaves before the process does, and another must not find it still there.
    private static void awaitEnd(long pid) throws InterruptedException {
        Optional<ProcessHandle> process = ProcessHandle.of(pid);
        if (process.isPresent()) {
            try {
                var _ = process.get().onExit().get(END_SECONDS, TimeUnit.SECONDS);
            } catch (ExecutionException | TimeoutException _) {
                // it has stopped its agents; that it takes long to end is no failure of this command
            }
        }
    }
}

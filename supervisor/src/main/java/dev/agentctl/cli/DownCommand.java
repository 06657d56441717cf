package dev.agentctl.cli;

import dev.agentctl.control.ControlRequest;
import dev.agentctl.control.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "down",
        header = "Stop the supervisor and every agent",
        description = {
            "%nStops every agent the way stop does, then the host and the supervisor, and says what it stopped. With"
                    + " --keep-agents only the supervisor ends: the agents go on working, nobody answers for them, and"
                    + " the next start takes them over."
        },
        footer = {
            "%nExamples:",
            "  agentctl down",
            "  agentctl down --keep-agents && agentctl up --detach      a new version of the supervisor"
        })
final class DownCommand extends Verb {
    @Option(names = "--keep-agents", description = "Leave the agents running in the host.")
    private boolean keepAgents;

    DownCommand(Agentctl root) {
        super(root);
    }

    @Override
    ExitCode run() throws CommandFailure {
        return request(new ControlRequest.Down(keepAgents));
    }
}

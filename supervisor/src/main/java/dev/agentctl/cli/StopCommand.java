package dev.agentctl.cli;

import dev.agentctl.control.ControlRequest;
import dev.agentctl.control.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "stop",
        header = "Stop projects",
        description = {
            "%nAsks the agent to quit its own way, ends it where it does not within its stop_timeout, and returns when"
                    + " it has ended. It stays stopped until it is started again."
        },
        footer = {"%nExamples:", "  agentctl stop project-a", "  agentctl stop --all"})
final class StopCommand extends Verb {
    @Mixin
    private final ProjectNames names = new ProjectNames();

    StopCommand(Agentctl root) {
        super(root);
    }

    @Override
    ExitCode run() throws CommandFailure {
        return request(new ControlRequest.Stop(names.chosen()));
    }
}

package dev.agentctl.cli;

import dev.agentctl.control.ControlRequest;
import dev.agentctl.control.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "reload",
        header = "Read the configuration again",
        description = {
            "%nAn invalid file changes nothing. What an agent takes note of only when it starts is marked as pending"
                    + " and shown; --apply restarts those agents."
        },
        footer = {"%nExamples:", "  agentctl reload", "  agentctl reload --apply"})
final class ReloadCommand extends Verb {
    @Option(names = "--apply", description = "Restart the agents whose change needs it.")
    private boolean apply;

    ReloadCommand(Agentctl root) {
        super(root);
    }

    @Override
    ExitCode run() throws CommandFailure {
        ConfigurationInForce.hint(root());
        return request(new ControlRequest.Reload(apply));
    }
}

package dev.agentctl.cli;

import dev.agentctl.control.ControlRequest;
import dev.agentctl.control.ExitCode;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "restart",
        header = "Stop projects and start them again",
        description = {
            "%nStops each as stop does, and starts it again as soon as it has ended; one that does not run is only"
                    + " started. The agent continues its conversation; for a new one: stop, then start --fresh."
        },
        footer = {"%nExamples:", "  agentctl restart project-a", "  agentctl restart --all"})
final class RestartCommand extends Verb {
    @Mixin
    private final ProjectNames names = new ProjectNames();

    RestartCommand(Agentctl root) {
        super(root);
    }

    @Override
    ExitCode run() throws CommandFailure {
        List<String> projects = names.chosen();
        ConfigurationInForce.hint(root());
        return request(new ControlRequest.Restart(projects));
    }
}

package dev.agentctl.cli;

import dev.agentctl.control.ControlRequest;
import dev.agentctl.control.ExitCode;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "start",
        header = "Start projects, and the supervisor where none is running",
        description = {
            "%nAn agent that was running before continues its conversation, and --fresh is refused for one that runs. A start that was given up after too many"
                    + " crashes begins to count anew."
        },
        footer = {
            "%nExamples:",
            "  agentctl start project-a project-b",
            "  agentctl start --all",
            "  agentctl start project-a --fresh      begin a new conversation"
        })
final class StartCommand extends Verb {
    @Mixin
    private final ProjectNames names = new ProjectNames();

    @Option(names = "--fresh", description = "Begin a new conversation instead of continuing the last one.")
    private boolean fresh;

    StartCommand(Agentctl root) {
        super(root);
    }

    @Override
    ExitCode run() throws CommandFailure, IOException, InterruptedException {
        List<String> projects = names.chosen();
        new SupervisorStart(root()).ensureRunning();
        ConfigurationInForce.hint(root());
        return request(new ControlRequest.Start(projects, fresh));
    }
}

package dev.agentctl.cli;

import dev.agentctl.control.ExitCode;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "up",
        description = {
            "Starts the supervisor, and with it every project that has autostart. Without --detach it stays in the"
                    + " foreground, and Ctrl-C stops everything."
        },
        footer = {
            "",
            "Examples:",
            "  agentctl up --detach",
            "  agentctl up --config ~/agents.yaml      in the foreground, for a service manager or for a look"
        })
final class UpCommand extends Verb {
    @Option(
            names = {"-d", "--detach"},
            description = "Return as soon as the supervisor answers.")
    private boolean detach;

    UpCommand(Agentctl root) {
        super(root);
    }

    @Override
    ExitCode run() throws CommandFailure, IOException, InterruptedException {
        Process process = new SupervisorStart(root()).startOnly();
        surroundings().out().println("the supervisor is running, process " + process.pid());
        return detach ? ExitCode.OK : new Foreground(root(), process).run();
    }
}

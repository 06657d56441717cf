package dev.agentctl.cli;

import dev.agentctl.control.ExitCode;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "up",
        header = "Start the supervisor, and with it every project that has autostart",
        description = {
            "%nWithout --detach it stays in the foreground, shows what happens, and stops everything at Ctrl-C or"
                    + " TERM; a second one kills the agents that have not ended. The supervisor and the agents run in the background either way."
        },
        footer = {"%nExamples:", "  agentctl up --detach", "  agentctl up --config ~/agents.yaml      in the foreground"
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
    boolean heedsSupervisor() {
        return false;
    }

    @Override
    ExitCode run() throws CommandFailure, IOException, InterruptedException {
        Process process = new SupervisorStart(root()).startOnly();
        surroundings().out().println("the supervisor is running, process " + process.pid());
        return detach ? ExitCode.OK : new Foreground(root(), process).run();
    }
}

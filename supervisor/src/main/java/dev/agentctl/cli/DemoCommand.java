package dev.agentctl.cli;

import dev.agentctl.control.ExitCode;
import java.io.IOException;
import picocli.CommandLine.Command;

@Command(
        name = "demo",
        header = "Show in a minute what this is, with a sample agent; needs no account and no key",
        description = {
            "%nStarts a host, a supervisor and a sample agent in a folder of their own, lets you answer the agent's"
                    + " question, kills the agent, and shows it come back. Your own configuration, agents and state"
                    + " are not touched. At its end, and at Ctrl-C, everything is stopped and removed.",
            "%nWhere standard input is no terminal, each of its lines is written to the chat as soon as it is your"
                    + " turn there."
        },
        footer = {"%nExamples:", "  agentctl demo", "  printf '/to demo blue\\n/quit\\n' | agentctl demo"})
final class DemoCommand extends Verb {
    DemoCommand(Agentctl root) {
        super(root);
    }

    @Override
    boolean heedsSupervisor() {
        return false;
    }

    @Override
    ExitCode run() throws CommandFailure, IOException, InterruptedException {
        return new Demo(surroundings()).run();
    }
}

package dev.agentctl.cli;

import dev.agentctl.control.ControlRequest;
import dev.agentctl.control.ExitCode;
import dev.agentctl.control.PromptChoice;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "deny",
        header = "Refuse what an agent asks",
        description = {
            "%nRefuses the use of a tool, a plan, or to answer a question. The agent is told the reason and goes on."
        },
        footer = {"%nExamples:", "  agentctl deny k3m2xq", "  agentctl deny k3m2xq --reason 'use the test database'"})
final class DenyCommand extends Verb {
    @Parameters(paramLabel = "ID", description = "Of the prompt; see: agentctl prompts")
    private String id = "";

    @Option(names = "--reason", paramLabel = "TEXT", description = "What the agent is told.")
    private String reason = "";

    DenyCommand(Agentctl root) {
        super(root);
    }

    @Override
    ExitCode run() throws CommandFailure {
        return request(new ControlRequest.Decide(id, new PromptChoice.Deny(reason)));
    }
}

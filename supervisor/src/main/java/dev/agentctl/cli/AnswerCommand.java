package dev.agentctl.cli;

import dev.agentctl.control.ControlRequest;
import dev.agentctl.control.ExitCode;
import dev.agentctl.control.PromptChoice;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "answer",
        header = "Answer what an agent asks",
        description = {
            "%nAnswers a question that an agent asked, or has put into a dialog; a dialog's also by the number of an option, by several where it takes"
                    + " several, or in your own words. Answers to several questions have ';' between them."
        },
        footer = {"%nExamples:", "  agentctl answer k3m2xq 2", "  agentctl answer k3m2xq blue, but not too dark"})
final class AnswerCommand extends Verb {
    @Parameters(index = "0", paramLabel = "ID", description = "Of the prompt; see: agentctl prompts")
    private String id = "";

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "TEXT", description = "The answer.")
    private List<String> words = new ArrayList<>();

    AnswerCommand(Agentctl root) {
        super(root);
    }

    @Override
    boolean restIsText() {
        return true;
    }

    @Override
    ExitCode run() throws CommandFailure {
        return request(new ControlRequest.Decide(id, new PromptChoice.Answer(String.join(" ", words))));
    }
}

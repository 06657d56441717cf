package dev.agentctl.cli;

import dev.agentctl.control.ControlRequest;
import dev.agentctl.control.ExitCode;
import dev.agentctl.control.PromptChoice;
import java.util.OptionalInt;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "approve",
        header = "Allow what an agent asks",
        description = {
            "%nAllows the use of a tool, or a plan. The first answer wins, from wherever it comes: this command, a chat,"
                    + " or the agent's terminal. Exit code 7: it was answered before."
        },
        footer = {
            "%nExamples:",
            "  agentctl prompts                   what waits, with its ids",
            "  agentctl approve k3m2xq",
            "  agentctl approve k3m2xq --always 1    and from now on, as its first offer says"
        })
final class ApproveCommand extends Verb {
    private static final int MOST_OFFERS = 99;

    @Parameters(paramLabel = "ID", description = "Of the prompt; see: agentctl prompts")
    private String id = "";

    @Option(
            names = "--always",
            paramLabel = "OFFER",
            converter = Offer.class,
            description = "Also from now on, as the agent's offer says.")
    private OptionalInt always = OptionalInt.empty();

    /// What `--always` may be; how many offers there are, the prompt knows.
    private static final class Offer extends WholeNumber<OptionalInt> {
        Offer() {
            super(1, MOST_OFFERS, offer -> OptionalInt.of(Math.toIntExact(offer)));
        }
    }

    ApproveCommand(Agentctl root) {
        super(root);
    }

    @Override
    ExitCode run() throws CommandFailure {
        PromptChoice choice =
                always.isPresent() ? new PromptChoice.Always(always.getAsInt()) : new PromptChoice.Approve();
        return request(new ControlRequest.Decide(id, choice));
    }
}

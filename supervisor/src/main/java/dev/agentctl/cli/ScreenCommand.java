package dev.agentctl.cli;

import dev.agentctl.control.ControlReply;
import dev.agentctl.control.ControlRequest;
import dev.agentctl.control.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "screen",
        header = "Show what an agent's terminal shows",
        footer = {
            "%nExamples:",
            "  agentctl screen project-a",
            "  agentctl screen project-a --ansi | less -R",
            "  agentctl screen project-a --json | jq -r .text"
        })
final class ScreenCommand extends Verb {
    @Parameters(paramLabel = "PROJECT", description = "Whose terminal.")
    private String project = "";

    @Option(names = "--ansi", description = "With its colours.")
    private boolean ansi;

    @Option(names = "--json", description = "One JSON object with the screen as its text.")
    private boolean json;

    ScreenCommand(Agentctl root) {
        super(root);
    }

    @Override
    ExitCode run() throws CommandFailure {
        ControlReply reply = root().supervisor().ask(new ControlRequest.ShowScreen(project, ansi));
        if (!(reply instanceof ControlReply.Text screen)) {
            throw Answers.unexpected(reply);
        }
        if (json) {
            surroundings().out().println(object(screen.text()));
        } else {
            // colours are sequences that our own emulator wrote; text has no business holding any
            String text = ansi ? screen.text() : Printable.text(screen.text());
            surroundings().out().print(text.endsWith("\n") ? text : text + "\n");
        }
        return ExitCode.OK;
    }

    private String object(String text) {
        return Json.document()
                .key("project")
                .string(project)
                .key("text")
                .string(text)
                .end('}')
                .toString();
    }
}

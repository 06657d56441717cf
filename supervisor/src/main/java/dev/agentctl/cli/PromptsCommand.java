package dev.agentctl.cli;

import dev.agentctl.control.ControlReply;
import dev.agentctl.control.ControlRequest;
import dev.agentctl.control.ExitCode;
import dev.agentctl.control.PromptReport;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "prompts",
        header = "Show what waits for your decision",
        description = {"%nShows the dialogs of agents that wait: what is asked, and the commands that decide it."},
        footer = {"%nExamples:", "  agentctl prompts", "  agentctl prompts --json | jq -r '.prompts[].id'"})
final class PromptsCommand extends Verb {
    @Parameters(
            arity = "0..1",
            paramLabel = "PROJECT",
            completionCandidates = NamedProjects.class,
            description = "Only of this one.")
    private @Nullable String project;

    @Option(names = "--json", description = "One JSON object.")
    private boolean json;

    PromptsCommand(Agentctl root) {
        super(root);
    }

    @Override
    ExitCode run() throws CommandFailure {
        ControlReply reply = root().supervisor().ask(new ControlRequest.ListPrompts(Optional.ofNullable(project)));
        if (reply instanceof ControlReply.Prompts(List<PromptReport> prompts)) {
            surroundings().out().print(json ? json(prompts) + "\n" : text(prompts, System.currentTimeMillis()));
            return ExitCode.OK;
        }
        throw Answers.unexpected(reply);
    }

    private static String json(List<PromptReport> prompts) {
        Json json = Json.document();
        json.key("prompts").begin('[');
        for (PromptReport prompt : prompts) {
            json.begin('{').key("id").string(prompt.id());
            json.key("project").string(prompt.project());
            json.key("title").string(prompt.title());
            json.key("text").string(prompt.text());
            json.key("commands").begin('[');
            prompt.commands().forEach(json::string);
            json.end(']');
            json.key("asked").string(Times.utc(prompt.asked()));
            json.key("expires").string(Times.utc(prompt.expires())).end('}');
        }
        return json.end(']').end('}').toString();
    }

    private static String text(List<PromptReport> prompts, long now) {
        if (prompts.isEmpty()) {
            return "nothing waits for a decision\n";
        }
        StringBuilder out = new StringBuilder();
        for (PromptReport prompt : prompts) {
            out.append(out.isEmpty() ? "" : "\n")
                    .append(prompt.id())
                    .append("  ")
                    .append(Printable.line(prompt.project()))
                    .append("  asked ")
                    .append(Times.ago(prompt.asked(), now))
                    .append(" ago\n")
                    .append(Printable.text(prompt.text()).indent(2));
            prompt.commands()
                    .forEach(command -> out.append("  agentctl ")
                            .append(onTheCommandLine(command))
                            .append('\n'));
        }
        return out.toString();
    }

    private static String onTheCommandLine(String command) {
        String[] words = command.substring(1).split(" ", 3);
        return switch (words[0]) {
            case "allow" -> "approve " + words[1];
            case "always" -> "approve " + words[1] + " --always " + words[2];
            default -> String.join(" ", words);
        };
    }
}

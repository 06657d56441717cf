package dev.agentctl.cli;

import dev.agentctl.control.ControlRequest;
import dev.agentctl.control.ExitCode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "delete",
        header = "Stop a project and forget its conversation, queue and log",
        description = {
            "%nThe project's folder and its entry in the configuration are not touched, and the agent's own files are"
                    + " not either: only what agentctl keeps about it goes."
        },
        footer = {"%nExamples:", "  agentctl delete project-a", "  agentctl delete project-a --yes"})
final class DeleteCommand extends Verb {
    @Parameters(paramLabel = "PROJECT", completionCandidates = NamedProjects.class, description = "What to forget.")
    private String project = "";

    @Option(
            names = {"-y", "--yes"},
            description = "Do not ask.")
    private boolean yes;

    DeleteCommand(Agentctl root) {
        super(root);
    }

    @Override
    ExitCode run() throws CommandFailure, IOException {
        if (!yes && !confirmed()) {
            surroundings().err().println("agentctl: nothing was deleted");
            return ExitCode.ERROR;
        }
        return request(new ControlRequest.Delete(project));
    }

    private boolean confirmed() throws CommandFailure, IOException {
        if (!surroundings().interactive()) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "nobody is there to confirm it; delete for good with: agentctl delete --yes " + project);
        }
        surroundings()
                .out()
                .print("Stop " + Printable.line(project)
                        + " and forget its conversation, queue and log? The folder stays. [y/N] ");
        surroundings().out().flush();
        String answer =
                new BufferedReader(new InputStreamReader(surroundings().in(), StandardCharsets.UTF_8)).readLine();
        return answer != null
                && (answer.strip().toLowerCase(Locale.ROOT).equals("y")
                        || answer.strip().toLowerCase(Locale.ROOT).equals("yes"));
    }
}

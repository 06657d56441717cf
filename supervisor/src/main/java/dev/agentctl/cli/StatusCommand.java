package dev.agentctl.cli;

import dev.agentctl.control.ExitCode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "status",
        header = "Show how the projects are",
        description = {
            "%nShows every project, or one: its state, since when, how often it was restarted after a crash, how many"
                    + " messages wait for it, and what the state was derived from.",
            "%nOf one project it also lists the messages that wait, and the last five before them: when each was"
                    + " stored, typed into the terminal and accepted by the agent, and what proved that.",
            "%nBelow it stand the tokens of its conversation: read anew by the model, written, read from the cache, and what"
                    + " its transcript last told of the cost.",
            "%nSTATE is one of: stopped starting running idle working awaiting-approval awaiting-answer limited stuck backoff"
                    + " stopping exited failed."
        },
        footer = {
            "%nExamples:",
            "  agentctl status",
            "  agentctl status project-a",
            "  agentctl status --json | jq -r '.sessions[] | select(.state == \"idle\").name'"
        })
final class StatusCommand extends Verb {
    @Parameters(
            arity = "0..1",
            paramLabel = "PROJECT",
            completionCandidates = NamedProjects.class,
            description = "Only this one.")
    private @Nullable String project;

    @Option(names = "--json", description = "One JSON object; also where no supervisor is running (exit code 5).")
    private boolean json;

    StatusCommand(Agentctl root) {
        super(root);
    }

    @Override
    ExitCode run() throws CommandFailure {
        return StatusQuery.run(surroundings(), Optional.ofNullable(project), json);
    }
}

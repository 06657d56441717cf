package dev.agentctl.cli;

import dev.agentctl.control.ExitCode;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `PROJECT…` or `--all`.
final class ProjectNames {
    @Parameters(
            paramLabel = "PROJECT",
            completionCandidates = NamedProjects.class,
            arity = "0..*",
            description = "The projects' names in the configuration.")
    private List<String> projects = new ArrayList<>();

    @Option(names = "--all", description = "All of them.")
    private boolean all;

    /// The names, each once; none means all, as in the requests.
    ///
    /// @throws CommandFailure when neither or both were said
    List<String> chosen() throws CommandFailure {
        if (all == projects.isEmpty()) {
            return projects.stream().distinct().toList();
        }
        throw new CommandFailure(
                ExitCode.USAGE,
                all ? "--all and names exclude each other; say one of them" : "which? name a project, or say --all");
    }
}

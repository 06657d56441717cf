package dev.agentctl.cli;

import dev.agentctl.control.ControlRequest;
import dev.agentctl.control.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// What the stdio bridge needs to know. The bridge itself is `scripts/mcp-bridge`, which the launcher runs instead of
/// this: a JVM for each client would be four times as large.
@Command(
        name = "mcp",
        header = "Give an MCP client the tools of a project",
        description = {
            "%nSpeaks MCP on standard input and output, for clients that agentctl does not start itself. They get the"
                    + " tools of the project and speak in its name; the supervisor must be running. Calls that wait go"
                    + " on when it is restarted. Needs perl.",
        },
        footer = {
            "%nExamples:",
            "  claude mcp add agentctl -- /path/to/scripts/agentctl mcp --project project-a",
            "  codex mcp add agentctl -- /path/to/scripts/agentctl mcp --project project-a",
            "  gemini mcp add agentctl /path/to/scripts/agentctl mcp --project project-a"
        })
final class McpCommand extends Verb {
    @Option(
            names = "--project",
            required = true,
            paramLabel = "NAME",
            completionCandidates = NamedProjects.class,
            description = "Whose tools.")
    private String project = "";

    @Option(names = "--grant", hidden = true, description = "Print the tools' port and a token for them.")
    private boolean grant;

    McpCommand(Agentctl root) {
        super(root);
    }

    @Override
    ExitCode run() throws CommandFailure {
        if (!grant) {
            throw new CommandFailure(
                    ExitCode.USAGE, "'mcp' comes first on the command line: agentctl mcp --project " + project);
        }
        return request(new ControlRequest.OpenTools(project));
    }
}

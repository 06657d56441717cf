package dev.agentctl.cli;

import dev.agentctl.control.ExitCode;
import dev.agentctl.host.HostClient;
import dev.agentctl.host.HostReader;
import dev.agentctl.host.HostRequest;
import dev.agentctl.host.LogItem;
import java.io.IOException;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "logs",
        header = "Show what an agent's terminal has shown",
        description = {
            "%nPrints the newest output as plain text, over all restarts. An agent that draws its screen leaves much"
                    + " that was overwritten; for the current picture see: agentctl screen"
        },
        footer = {
            "%nExamples:",
            "  agentctl logs project-a",
            "  agentctl logs project-a -f",
            "  agentctl logs project-a --bytes 1000000 | less"
        })
final class LogsCommand extends Verb {
    private static final long LARGEST_OBJECT = 4 << 20;

    @Parameters(paramLabel = "PROJECT", description = "Whose output.")
    private String project = "";

    @Option(
            names = {"-f", "--follow"},
            description = "Go on with what comes, until Ctrl-C.")
    private boolean follow;

    @Option(
            names = "--bytes",
            paramLabel = "N",
            description = "How much of the newest output, in bytes as the agent wrote them (default: 65536).")
    private long bytes = 65_536;

    @Option(names = "--json", description = "One JSON object with the output as its text.")
    private boolean json;

    LogsCommand(Agentctl root) {
        super(root);
    }

    @Override
    ExitCode run() throws CommandFailure, IOException {
        checkOptions();
        HostCall.requireLog(root(), project);
        HostRequest.Read read = new HostRequest.Read(project, -bytes, -1, follow);
        try (HostReader reader = HostClient.read(surroundings().state().hostSocket(), read)) {
            LogOutput output =
                    json ? new LogJson(project) : new LogPrint(surroundings().out());
            boolean more = true;
            while (more) {
                Optional<LogItem> item = reader.next();
                more = item.isPresent() && output.show(item.get());
            }
            output.end(surroundings().out());
        }
        return ExitCode.OK;
    }

    private void checkOptions() throws CommandFailure {
        if (json && follow) {
            throw new CommandFailure(ExitCode.USAGE, "--json is one object and -f never ends; say one of them");
        }
        if (bytes < 1 || (json && bytes > LARGEST_OBJECT)) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "--bytes must be at least 1, and with --json at most " + LARGEST_OBJECT + "; it is " + bytes);
        }
    }
}

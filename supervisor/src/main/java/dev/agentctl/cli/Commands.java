package dev.agentctl.cli;

import dev.agentctl.control.ExitCode;
import java.util.List;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// All commands, their parser, and what their ends look like. A new command is a [Verb] and a line in [#verbs].
final class Commands {
    private Commands() {}

    private static List<Verb> verbs(Agentctl root) {
        return List.of(new UpCommand(root), new StartCommand(root), new StatusCommand(root), new VersionCommand(root));
    }

    static int run(String[] arguments, Surroundings surroundings) {
        CommandLine line = line(new Agentctl(surroundings));
        if (arguments.length == 0) {
            line.usage(surroundings.err());
            return ExitCode.USAGE.number();
        }
        return line.execute(arguments);
    }

    /// The parser of a root with all its commands.
    static CommandLine line(Agentctl root) {
        CommandLine line = new CommandLine(root);
        verbs(root).forEach(line::addSubcommand);
        Surroundings surroundings = root.surroundings();
        line.setOut(new java.io.PrintWriter(surroundings.out(), true, java.nio.charset.StandardCharsets.UTF_8));
        line.setErr(new java.io.PrintWriter(surroundings.err(), true, java.nio.charset.StandardCharsets.UTF_8));
        line.setExpandAtFiles(false);
        line.setUsageHelpAutoWidth(surroundings.interactive());
        line.setUsageHelpLongOptionsMaxWidth(24);
        line.setParameterExceptionHandler((e, _) -> misused(surroundings, e));
        line.setExecutionExceptionHandler((e, _, _) -> failed(root, e));
        return line;
    }

    private static int misused(Surroundings surroundings, ParameterException e) {
        StringBuilder text = new StringBuilder("agentctl: ").append(Printable.line(firstLine(e)));
        if (e instanceof UnmatchedArgumentException unmatched) {
            List<String> nearest = unmatched.getSuggestions();
            if (!nearest.isEmpty()) {
                text.append("; did you mean ").append(nearest.getFirst()).append('?');
            }
        }
        text.append("; see: ")
                .append(e.getCommandLine().getCommandSpec().qualifiedName())
                .append(" --help");
        surroundings.err().println(text);
        return ExitCode.USAGE.number();
    }

    private static String firstLine(Exception e) {
        String message = Objects.requireNonNullElse(e.getMessage(), e.getClass().getSimpleName());
        return message.lines().findFirst().orElse(message);
    }

    private static int failed(Agentctl root, Exception e) {
        CommandFailure failure = e instanceof CommandFailure known
                ? known
                : new CommandFailure(ExitCode.ERROR, firstLine(e) + "; for more: --verbose", e);
        root.surroundings().err().println(failure.line());
        if (root.verbose()) {
            e.printStackTrace(root.surroundings().err());
        }
        return failure.code().number();
    }
}

package dev.agentctl.cli;

import dev.agentctl.control.ExitCode;
import dev.agentctl.project.NearNames;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// All commands, their parser, and what their ends look like. A new command is a [Verb] and a line in [#verbs].
final class Commands {
    private Commands() {}

    private static List<Verb> verbs(Agentctl root) {
        return List.of(
                new UpCommand(root),
                new DownCommand(root),
                new StartCommand(root),
                new StopCommand(root),
                new RestartCommand(root),
                new StatusCommand(root),
                new AttachCommand(root),
                new SendCommand(root),
                new PromptsCommand(root),
                new ApproveCommand(root),
                new DenyCommand(root),
                new AnswerCommand(root),
                new KeysCommand(root),
                new ScreenCommand(root),
                new LogsCommand(root),
                new WaitCommand(root),
                new ReloadCommand(root),
                new UpgradeCommand(root),
                new DeleteCommand(root),
                new ConsoleCommand(root),
                new PairCommand(root),
                new AuditCommand(root),
                new McpCommand(root),
                new ServiceCommand(root),
                new SetupCommand(root),
                new TokenCommand(root),
                new DoctorCommand(root),
                new DemoCommand(root),
                new CompletionCommand(root),
                new VersionCommand(root));
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
        for (Verb verb : verbs(root)) {
            CommandLine command = new CommandLine(verb);
            layOut(command);
            line.addSubcommand(command);
        }
        Surroundings surroundings = root.surroundings();
        line.setOut(new PrintWriter(surroundings.out(), true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(surroundings.err(), true, StandardCharsets.UTF_8));
        line.setExpandAtFiles(false);
        line.setUsageHelpLongOptionsMaxWidth(24);
        // last, or picocli asks `stty` for the width once for every command that there is: 0.8 s before any of them
        line.setUsageHelpAutoWidth(surroundings.interactive());
        line.setParameterExceptionHandler((e, _) -> misused(surroundings, e));
        line.setExecutionExceptionHandler((e, _, _) -> failed(root, e));
        for (CommandLine command : line.getSubcommands().values()) {
            command.setStopAtPositional(command.getCommand() instanceof Verb verb && verb.restIsText());
        }
        return line;
    }

    private static void layOut(CommandLine command) {
        command.getCommandSpec().usageMessage().parameterListHeading("%n").optionListHeading("%nOptions:%n");
    }

    private static int misused(Surroundings surroundings, ParameterException e) {
        StringBuilder text = new StringBuilder("agentctl: ");
        if (e instanceof UnmatchedArgumentException unmatched) {
            String word = unmatched.getUnmatched().getFirst();
            text.append("what is '").append(Printable.line(word)).append("'?");
            List<String> near =
                    NearNames.of(word, known(word, e.getCommandLine().getCommandSpec()));
            if (!near.isEmpty()) {
                text.append(" Did you mean ").append(String.join(" or ", near)).append('?');
            }
        } else {
            text.append(Printable.line(firstLine(e)));
        }
        text.append("; see: ")
                .append(e.getCommandLine().getCommandSpec().qualifiedName())
                .append(" --help");
        surroundings.err().println(text);
        return ExitCode.USAGE.number();
    }

    /// The options or the commands that could stand in the place of that word.
    private static Collection<String> known(String word, CommandSpec command) {
        return word.startsWith("-")
                ? command.options().stream().map(OptionSpec::longestName).toList()
                : command.subcommands().keySet();
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

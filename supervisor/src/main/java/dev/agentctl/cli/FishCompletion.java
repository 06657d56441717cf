package dev.agentctl.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// The script that completes commands in fish, made from the parser's own model. Pure.
final class FishCompletion {
    /// Counts the words of the line that are neither options nor their values.
    private static final String FUNCTIONS = """
            # Completes agentctl in fish.

            function __agentctl_projects
                @projects@
            end

            # Whether the command is the first of the arguments ('' for none yet), and the number of words behind it
            # lies between the others.
            function __agentctl_at
                set -l command ''
                set -l words 0
                set -l value no
                for word in (commandline -opc)[2..-1]
                    if test $value = yes
                        set value no
                    else if contains -- "$command $word" @valued@
                        set value yes
                    else if string match -q -- '-*' $word
                        continue
                    else if test -z $command
                        set command $word
                    else
                        set words (math $words + 1)
                    end
                end
                test "$command" = "$argv[1]" -a $words -ge $argv[2] -a $words -le $argv[3]
            end

            complete -c agentctl -f
            """;

    private static final int MANY = 99;

    private final CommandLine line;
    private final StringBuilder script = new StringBuilder();

    private FishCompletion(CommandLine line) {
        this.line = line;
    }

    static String of(CommandLine line) {
        FishCompletion completion = new FishCompletion(line);
        completion.write();
        return completion.script.toString();
    }

    private void write() {
        script.append(FUNCTIONS
                .replace(NamedProjects.PLACEHOLDER, NamedProjects.COMMAND)
                .replace("@valued@", valued()));
        line.getSubcommands().forEach((name, command) -> {
            CommandSpec spec = command.getCommandSpec();
            add("", 0, 0, " -a " + name + described(spec.usageMessage().header()));
        });
        // those of the root are options of every command too
        line.getCommandSpec().options().forEach(option -> option("", 0, option));
        line.getSubcommands().forEach((name, command) -> {
            command.getCommandSpec().options().forEach(option -> option(name, MANY, option));
            command.getCommandSpec().positionalParameters().forEach(words -> positional(name, words));
        });
    }

    /// All options with a value, each behind its command: the same word may be one without a value elsewhere.
    private String valued() {
        List<String> names = new ArrayList<>(valued("", line));
        line.getSubcommands().forEach((command, its) -> names.addAll(valued(command, its)));
        return String.join(" ", names);
    }

    private static List<String> valued(String name, CommandLine command) {
        return command.getCommandSpec().options().stream()
                .filter(FishCompletion::takesValue)
                .flatMap(option -> Stream.of(option.names()))
                .map(option -> quoted(name + " " + option))
                .toList();
    }

    private static boolean takesValue(OptionSpec option) {
        return option.arity().max() > 0;
    }

    private void option(String command, int words, OptionSpec option) {
        StringBuilder text = new StringBuilder();
        for (String name : option.names()) {
            text.append(name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1));
        }
        if (takesValue(option)) {
            String values = values(option);
            text.append(values.isEmpty() ? option.paramLabel().equals("FILE") ? " -r -F" : " -x" : " -x" + values);
        }
        add(command, 0, words, text + described(option.description()));
    }

    private void positional(String command, PositionalParamSpec words) {
        String values = values(words);
        if (!values.isEmpty()) {
            add(command, words.index().min(), Math.min(words.index().max(), MANY), values);
        }
    }

    private static String values(ArgSpec arg) {
        List<String> values = new ArrayList<>();
        Iterable<String> candidates = arg.completionCandidates();
        if (candidates != null) {
            candidates.forEach(
                    value -> values.add(value.equals(NamedProjects.PLACEHOLDER) ? "(__agentctl_projects)" : value));
        }
        return values.isEmpty() ? "" : " -a " + quoted(String.join(" ", values));
    }

    private void add(String command, int least, int most, String what) {
        String at = "__agentctl_at " + (command.isEmpty() ? "''" : command) + " " + least + " " + most;
        script.append("complete -c agentctl -n ")
                .append(quoted(at))
                .append(what)
                .append('\n');
    }

    /// The first sentence, without the full stop.
    private static String described(String[] description) {
        String text = String.join(" ", description).replaceAll("(%n|\\s)+", " ").strip();
        int end = text.indexOf(". ");
        String first = end < 0 ? text : text.substring(0, end);
        return first.isEmpty() ? "" : " -d " + quoted(first.replaceAll("[.]$", ""));
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}

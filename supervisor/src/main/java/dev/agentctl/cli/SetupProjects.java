package dev.agentctl.cli;

import dev.agentctl.cli.FirstConfiguration.Choice;
import dev.agentctl.control.ExitCode;
import dev.agentctl.pty.Executable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine.Option;

/// The part of `setup` that concerns projects: it looks for folders under version control and for installed agents.
final class SetupProjects {
    private static final List<String> AGENTS = List.of("claude", "codex");

    @Option(
            names = "--project",
            paramLabel = "FOLDER",
            description = "A project's folder, or NAME=FOLDER; may be repeated (default: you choose from a list).")
    private List<String> given = new ArrayList<>();

    @Option(names = "--agent", paramLabel = "AGENT", description = "claude or codex (default: the one that is there).")
    private Optional<String> agent = Optional.empty();

    List<Choice> choose(Surroundings surroundings, Questions questions) throws CommandFailure, IOException {
        Path home = Path.of(surroundings.environment().getOrDefault("HOME", "/"));
        List<FoundProject> wanted = new ArrayList<>();
        for (String each : given) {
            wanted.add(named(each, home));
        }
        if (wanted.isEmpty()) {
            wanted = ask(surroundings, questions, home);
        }
        String program = agent(surroundings, questions);
        List<Choice> choices = new ArrayList<>();
        for (FoundProject project : distinct(wanted)) {
            choices.add(new Choice(project, program, Optional.empty()));
        }
        return choices;
    }

    private List<FoundProject> ask(Surroundings surroundings, Questions questions, Path home)
            throws CommandFailure, IOException {
        List<FoundProject> found = FoundProject.all(Path.of("").toAbsolutePath(), home);
        for (int i = 0; i < found.size(); i++) {
            surroundings
                    .err()
                    .println("  " + (i + 1) + "  "
                            + Printable.line(found.get(i).folder().toString()));
        }
        String answer = questions.ask(
                found.isEmpty()
                        ? "Which folder is your first project?"
                        : "Which are your projects? Numbers or folders, between blanks (Enter: 1)");
        List<FoundProject> wanted = new ArrayList<>();
        for (String word : (answer.isEmpty() && !found.isEmpty() ? "1" : answer).split("\\s+", -1)) {
            if (word.matches("\\d{1,3}")) {
                int number = Integer.parseInt(word);
                if (number < 1 || number > found.size()) {
                    throw new CommandFailure(ExitCode.USAGE, "there is no number " + word + " in the list");
                }
                wanted.add(found.get(number - 1));
            } else if (!word.isEmpty()) {
                wanted.add(named(word, home));
            }
        }
        return wanted;
    }

    /// `NAME=FOLDER` or `FOLDER`.
    private static FoundProject named(String text, Path home) throws CommandFailure {
        int equals = text.indexOf('=');
        String path = text.substring(equals + 1);
        boolean atHome = path.equals("~") || path.startsWith("~/");
        Path folder = (atHome ? home.resolve(path.substring(Math.min(2, path.length()))) : Path.of(path))
                .toAbsolutePath()
                .normalize();
        if (equals >= 0 && !text.substring(0, equals).matches("[a-zA-Z0-9][a-zA-Z0-9._-]{0,62}")) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "a project's name has letters, digits, '.', '_', '-', not: "
                            + Printable.line(text.substring(0, equals)));
        }
        if (!Files.isDirectory(folder)) {
            throw new CommandFailure(ExitCode.ERROR, "there is no folder " + folder + "; nothing was written");
        }
        return equals < 0 ? FoundProject.of(folder) : new FoundProject(text.substring(0, equals), folder);
    }

    /// Two folders of one name are told apart by a number.
    private static List<FoundProject> distinct(List<FoundProject> projects) {
        Set<String> names = new TreeSet<>();
        List<FoundProject> distinct = new ArrayList<>();
        for (FoundProject project : projects) {
            String name = project.name();
            for (int i = 2; !names.add(name); i++) {
                name = project.name() + "-" + i;
            }
            distinct.add(new FoundProject(name, project.folder()));
        }
        return distinct;
    }

    private String agent(Surroundings surroundings, Questions questions) throws CommandFailure, IOException {
        if (agent.isPresent()) {
            if (!AGENTS.contains(agent.get())) {
                throw new CommandFailure(
                        ExitCode.USAGE,
                        "--agent is claude or codex; for other programs see config/agentctl.example.yaml");
            }
            return agent.get();
        }
        String path = surroundings.environment().getOrDefault("PATH", "");
        List<String> installed = AGENTS.stream()
                .filter(name -> Executable.find(name, path).isPresent())
                .toList();
        if (installed.isEmpty()) {
            surroundings.err().println("neither claude nor codex is on PATH; claude is written, so install it");
            return AGENTS.getFirst();
        }
        if (installed.size() == 1) {
            surroundings.err().println("the agent is " + installed.getFirst());
            return installed.getFirst();
        }
        String answer = questions.ask(
                "Which agent, " + String.join(" or ", installed) + "? (Enter: " + installed.getFirst() + ")");
        return installed.contains(answer) ? answer : installed.getFirst();
    }
}

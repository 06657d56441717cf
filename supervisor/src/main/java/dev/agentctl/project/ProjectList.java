package dev.agentctl.project;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.Node;

/// Reads `defaults` and `projects`.
final class ProjectList {
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9._-]{0,62}");
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration STUCK_AFTER = Duration.ofMinutes(10);
    private static final int ENV_FILE_BYTES = 64 * 1024;

    private final Reading reading;
    private final ProjectKeys defaults;
    private final Map<String, Integer> names = new HashMap<>();
    private final SharedDirectories directories = new SharedDirectories();

    private ProjectList(Reading reading, ProjectKeys defaults) {
        this.reading = reading;
        this.defaults = defaults;
    }

    /// The projects that are right; those that are not were complained of.
    static List<Project> read(Section root) {
        Reading reading = root.reading();
        ProjectKeys defaults = root.entry("defaults")
                .filter(entry -> !entry.isNull())
                .flatMap(entry -> Section.of(entry.node(), " in 'defaults'", ProjectKeys.SHARED, reading))
                .map(ProjectKeys::read)
                .orElse(ProjectKeys.none(reading));
        Optional<Entry> projects = root.entry("projects");
        if (projects.isEmpty()) {
            root.problem("no 'projects:'; write 'projects: []' if there are none");
            return List.of();
        }
        return new ProjectList(reading, defaults).projects(projects.get());
    }

    private List<Project> projects(Entry entry) {
        List<Entry> items = entry.items("'- name: project-a'").orElse(List.of());
        if (items.isEmpty() && reading.problems().none()) {
            entry.warn("lists no project, so there is nothing to run");
        }
        List<Project> projects = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            Node node = items.get(i).node();
            String name = Section.peek(node, "name")
                    .map(written -> "'" + Problem.cut(written) + "'")
                    .orElse("number " + (i + 1));
            Section.of(node, " in project " + name, ProjectKeys.KNOWN, reading)
                    .flatMap(this::project)
                    .ifPresent(projects::add);
        }
        directories.warn();
        return projects;
    }

    private Optional<Project> project(Section section) {
        ProjectKeys own = ProjectKeys.read(section);
        ProjectKeys keys = own.over(defaults);
        Optional<String> name = name(section);
        for (String key : List.of("directory", "agent")) {
            if (!keys.given().contains(key)) {
                section.problem("no '" + key + ":'");
            }
        }
        keys.agent().ifPresent(kind -> checkKind(section, own, keys, kind));
        Optional<Path> directory = keys.directory();
        Optional<AgentKind> agent = keys.agent();
        if (name.isEmpty() || directory.isEmpty() || agent.isEmpty()) {
            return Optional.empty();
        }
        directories.add(name.get(), directory.get(), section.entry("directory"));
        return Optional.of(project(name.get(), directory.get(), agent.get(), keys));
    }

    private Project project(String name, Path directory, AgentKind agent, ProjectKeys keys) {
        Map<String, String> fromFile =
                keys.envFile().map(file -> variables(file, directory)).orElse(Map.of());
        Map<String, String> env = new LinkedHashMap<>(fromFile);
        env.putAll(keys.env());
        return new Project(
                name,
                directory,
                agent,
                keys.executable(),
                keys.args().orElse(List.of()),
                env,
                keys.prompt().filter(prompt -> !prompt.isBlank()),
                keys.autostart().orElse(true),
                keys.restart().orElse(RestartMode.ON_FAILURE),
                keys.onCrash().orElse(OnCrash.CONTINUE),
                keys.stopTimeout().orElse(STOP_TIMEOUT),
                keys.stuckAfter().orElse(STUCK_AFTER),
                keys.permissionMode(),
                keys.trust().orElse(false),
                keys.seeOthers().orElse(false),
                keys.approvals().orElse(Approvals.DEFAULT),
                keys.verbosity().orElse(Verbosity.STEPS),
                agent == AgentKind.COMMAND ? keys.habits() : Habits.NONE,
                keys.limits().orElse(Limits.NONE),
                keys.sandbox(),
                SecretValues.of(fromFile, keys.env()),
                keys.sendSecrets().orElse(List.of()));
    }

    private Optional<String> name(Section section) {
        Optional<Entry> entry = section.entry("name");
        if (entry.isEmpty()) {
            section.problem("no 'name:'");
            return Optional.empty();
        }
        Optional<String> name = entry.get()
                .oneOf(
                        word -> NAME.matcher(word).matches() ? Optional.of(word) : Optional.empty(),
                        "1 to 63 of letters, digits, '.', '_' and '-', beginning with a letter or digit");
        Optional<Integer> first =
                name.map(unique -> names.putIfAbsent(unique, entry.get().line()));
        first.ifPresent(line -> entry.get().problem("is also the name of the project on line " + line));
        return first.isPresent() ? Optional.empty() : name;
    }

    private static void checkKind(Section section, ProjectKeys own, ProjectKeys keys, AgentKind kind) {
        boolean command = kind == AgentKind.COMMAND;
        if (!command && keys.sandbox().filter(sandbox -> !sandbox.network()).isPresent()) {
            section.problem(
                    "'network: off' keeps agent '" + kind.word() + "' from its model and its hooks; leave it on");
        }
        if (command && !keys.given().contains("executable")) {
            section.problem("agent 'command' needs 'executable:'");
        }
        List<String> idle = command ? List.of("permission_mode", "trust", "approvals", "on_crash") : HabitKeys.KNOWN;
        for (String key : idle) {
            if (own.given().contains(key)) {
                section.entry(key).ifPresent(entry -> entry.warn("means nothing to agent '" + kind.word() + "'"));
            }
        }
    }

    /// The variables of an `env_file`. A missing project directory is the session's to show, so its file only makes a
    /// warning.
    private Map<String, String> variables(ProjectKeys.EnvFile named, Path directory) {
        Optional<Path> found = Reading.resolve(directory, named.path());
        if (found.isEmpty()) {
            named.entry().problem("is no path that this system can have");
            return Map.of();
        }
        Path file = found.get();
        if (file.startsWith(directory) && !Files.exists(directory)) {
            named.entry()
                    .warn("was not read, since the directory " + Problem.cut(directory.toString()) + " does not exist");
            return Map.of();
        }
        return switch (TextFile.read(file, ENV_FILE_BYTES)) {
            case TextFile.Text(String text) -> accepted(named.entry(), file, text);
            case TextFile.Refused refused -> {
                named.entry().fileProblem(refused.sentence());
                yield Map.of();
            }
        };
    }

    private Map<String, String> accepted(Entry entry, Path file, String text) {
        if (!reading.variables().spend(text.length())) {
            entry.problem("is too long, together with the other files");
            return Map.of();
        }
        DotEnv.Complaint complaint = (line, message) -> reading.problems().add(new Problem(file, line, message));
        Map<String, String> variables = DotEnv.parse(text, complaint);
        variables.keySet().stream()
                .filter(name -> ProjectKeys.refusedVariable(name).isPresent())
                .forEach(name -> entry.problem("sets " + name + ", which agentctl sets itself"));
        return variables;
    }
}

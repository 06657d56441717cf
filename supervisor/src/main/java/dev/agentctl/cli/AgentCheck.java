package dev.agentctl.cli;

import dev.agentctl.control.ExitCode;
import dev.agentctl.doctor.Checkup;
import dev.agentctl.doctor.Finding;
import dev.agentctl.doctor.Finding.Result;
import dev.agentctl.doctor.Patient;
import dev.agentctl.project.AgentKind;
import dev.agentctl.project.Configuration;
import dev.agentctl.project.ConfigurationReader;
import dev.agentctl.project.ConfigurationResult;
import dev.agentctl.project.NearNames;
import dev.agentctl.project.Project;
import dev.agentctl.pty.Executable;
import dev.agentctl.wire.FolderTree;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/// `doctor --agent`: what an installed agent can do with this agentctl.
final class AgentCheck {
    private static final long VERSION_SECONDS = 60;
    private static final int LABEL_WIDTH = 18;

    private final Agentctl root;
    private final Surroundings surroundings;

    AgentCheck(Agentctl root) {
        this.root = root;
        this.surroundings = root.surroundings();
    }

    /// Which program is tried.
    private record Subject(Patient patient, Path program, String searchPath) {}

    ExitCode run(String name, boolean json) throws CommandFailure, IOException, InterruptedException {
        Subject subject = subject(name);
        String version = version(subject);
        surroundings.err().println("trying " + subject.program() + " (" + version + ") in a home of its own");
        List<Finding> findings =
                Checkup.run(subject.patient(), subject.program(), subject.searchPath(), this::progress);
        surroundings.out().print(json ? object(subject, version, findings) + "\n" : lines(findings));
        return healthy(findings) ? ExitCode.OK : ExitCode.ERROR;
    }

    private void progress(Finding finding) {
        surroundings
                .err()
                .println("  " + finding.capability().label() + ": "
                        + finding.result().word() + " after " + finding.took().toSeconds() + " s");
    }

    private Subject subject(String name) throws CommandFailure {
        String searchPath = surroundings.environment().getOrDefault("PATH", "");
        Optional<AgentKind> kind = AgentKind.of(name);
        if (kind.isPresent()) {
            return subject(kind.get(), name, searchPath, Path.of(""));
        }
        Project project = project(name);
        String program = project.executable().orElse(project.agent().word());
        return subject(project.agent(), program, project.env().getOrDefault("PATH", searchPath), project.directory());
    }

    private static Subject subject(AgentKind kind, String program, String searchPath, Path directory)
            throws CommandFailure {
        Patient patient = Patient.of(kind)
                .orElseThrow(() -> new CommandFailure(
                        ExitCode.USAGE,
                        "there is no check of '" + kind.word()
                                + "'; there is one of claude, codex, gemini and opencode"));
        Optional<Path> found = program.contains("/")
                ? Optional.of(directory.resolve(program)).filter(Files::isExecutable)
                : Executable.find(program, searchPath);
        return new Subject(
                patient,
                found.map(Path::toAbsolutePath)
                        .orElseThrow(() -> new CommandFailure(
                                ExitCode.ERROR, "no program '" + program + "'; install it, or mend its executable")),
                searchPath);
    }

    private Project project(String name) throws CommandFailure {
        List<Project> projects = projects();
        for (Project project : projects) {
            if (project.name().equals(name)) {
                return project;
            }
        }
        throw new CommandFailure(
                ExitCode.NO_SUCH_PROJECT,
                "neither an agent (claude, codex, gemini, opencode) nor a project of " + root.configuration()
                        + " is called '" + name + "'; " + NearNames.question(name, names(projects))
                        + "see: agentctl doctor --help");
    }

    /// What can be tried.
    private static Set<String> names(List<Project> projects) {
        Set<String> names = new LinkedHashSet<>();
        for (AgentKind kind : AgentKind.values()) {
            if (Patient.of(kind).isPresent()) {
                names.add(kind.word());
            }
        }
        projects.forEach(project -> names.add(project.name()));
        return names;
    }

    /// Those of a configuration that can be read.
    private List<Project> projects() {
        Map<String, String> environment = surroundings.environment();
        Path home = Path.of(environment.getOrDefault("HOME", "/"));
        Path file = root.configuration();
        return Files.exists(file)
                        && new ConfigurationReader().read(file, environment, home)
                                instanceof ConfigurationResult.Valid(Configuration configuration, List<String> _)
                ? configuration.projects()
                : List.of();
    }

    /// Its own word for it, which no check depends on. opencode takes 3 s of processor time to say it.
    private static String version(Subject subject) throws IOException, InterruptedException {
        Path home = Files.createTempDirectory("agentctl-version-");
        try {
            Process process = start(subject, home);
            if (!process.waitFor(VERSION_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
                return "has not told its version within " + VERSION_SECONDS + " s";
            }
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return Printable.line(said.lines().reduce("it does not tell its version", (_, last) -> last));
        } finally {
            FolderTree.delete(home);
        }
    }

    /// In a home of its own, which is removed: one that is not there root would make.
    private static Process start(Subject subject, Path home) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(subject.program().toString(), "--version")
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(Map.of("HOME", home.toString(), "PATH", subject.searchPath()));
        return builder.start();
    }

    private static boolean healthy(List<Finding> findings) {
        return findings.stream().allMatch(finding -> finding.result() == Result.OK || finding.result() == Result.NEVER);
    }

    private static String lines(List<Finding> findings) {
        StringBuilder lines = new StringBuilder();
        for (Finding finding : findings) {
            String word = finding.result().word();
            String label = finding.capability().label();
            lines.append(word).repeat(' ', 9 - word.length());
            lines.append(label).repeat(' ', LABEL_WIDTH - label.length());
            lines.append(Printable.line(finding.detail())).append('\n');
            if (finding.result() == Result.MISSING) {
                lines.repeat(' ', 9 + LABEL_WIDTH)
                        .append(finding.capability().without())
                        .append('\n');
            }
        }
        return lines.toString();
    }

    private static String object(Subject subject, String version, List<Finding> findings) {
        Json json = Json.document().key("ok").flag(healthy(findings));
        json.key("agent").string(subject.patient().kind().word());
        json.key("program").string(subject.program().toString());
        json.key("version").string(version).key("capabilities").begin('[');
        for (Finding finding : findings) {
            json.begin('{').key("name").string(finding.capability().label());
            json.key("result").string(finding.result().word());
            json.key("message").string(finding.detail());
            json.key("without").string(finding.capability().without());
            json.key("millis").number(finding.took().toMillis()).end('}');
        }
        return json.end(']').end('}').toString();
    }
}

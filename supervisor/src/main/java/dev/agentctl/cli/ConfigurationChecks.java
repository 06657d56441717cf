package dev.agentctl.cli;

import dev.agentctl.project.Configuration;
import dev.agentctl.project.ConfigurationReader;
import dev.agentctl.project.ConfigurationResult;
import dev.agentctl.project.Problem;
import dev.agentctl.project.Project;
import dev.agentctl.pty.Executable;
import dev.agentctl.pty.PtyStartException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What `doctor` looks at in the configuration and its projects.
final class ConfigurationChecks {
    private final Map<String, String> environment;
    private final Path file;
    private final List<Finding> findings = new ArrayList<>();
    private List<Project> projects = List.of();

    ConfigurationChecks(Agentctl root) {
        this.environment = root.surroundings().environment();
        this.file = root.configuration();
    }

    /// The projects that are configured, once [#all()] has looked.
    List<Project> projects() {
        return projects;
    }

    List<Finding> all() {
        if (Files.notExists(file)) {
            findings.add(
                    Finding.warn("configuration", "no configuration at " + file + "; write one with: agentctl setup"));
            return findings;
        }
        Path home = Path.of(environment.getOrDefault("HOME", "/"));
        switch (new ConfigurationReader().read(file, environment, home)) {
            case ConfigurationResult.Invalid(List<Problem> problems) ->
                problems.forEach(problem -> findings.add(Finding.fail("configuration", problem.toString())));
            case ConfigurationResult.Valid(Configuration configuration, List<String> warnings) -> {
                projects = configuration.projects();
                findings.add(Finding.ok("configuration", file + " is valid, projects: " + projects.size()));
                warnings.forEach(warning -> findings.add(Finding.warn("configuration", warning)));
                configuration.projects().forEach(this::project);
            }
        }
        return findings;
    }

    private void project(Project project) {
        String name = "project " + project.name();
        String program = project.executable().orElse(project.agent().word());
        if (!Files.isDirectory(project.directory())) {
            findings.add(Finding.fail(
                    name, name + " has no folder " + project.directory() + "; create it or mend its directory"));
        } else {
            findings.add(program(project, name, program));
        }
    }

    /// With the words that a start would fail with.
    private Finding program(Project project, String name, String program) {
        String searchPath = project.env().getOrDefault("PATH", environment.getOrDefault("PATH", ""));
        try {
            Executable.resolve(program, project.directory(), searchPath);
            return Finding.ok(name, name + " runs " + program + " in " + project.directory());
        } catch (PtyStartException e) {
            return Finding.fail(name, name + ": " + e.getMessage());
        }
    }
}

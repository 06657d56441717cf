package dev.agentctl.project;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// A whole and valid configuration.
///
/// @param file absolute; where it was read from
/// @param telegram empty where no bot is configured
/// @param projects in the order of the file, names unique
public record Configuration(Path file, Optional<Telegram> telegram, McpSettings mcp, List<Project> projects) {
    public Configuration {
        projects = List.copyOf(projects);
    }

    /// What no chat is to show.
    public List<Secret> secrets() {
        return projects.stream().flatMap(project -> project.secrets().stream()).toList();
    }

    /// The project of that name.
    public Optional<Project> project(String name) {
        return projects.stream().filter(project -> project.name().equals(name)).findFirst();
    }
}

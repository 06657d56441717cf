package dev.agentctl.agent;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// How to start an agent: nothing of the user's own configuration is edited, all is passed by flags, environment and
/// files of our own.
///
/// @param argv the program and its arguments
/// @param environment the child's whole environment
/// @param files to be written before the start, for our user alone
/// @param folders to be made before the start where they are missing
/// @param links symbolic links to be made before the start, each with where it leads
public record Launch(
        List<String> argv,
        Map<String, String> environment,
        Map<Path, String> files,
        List<Path> folders,
        Map<Path, Path> links) {
    Launch(List<String> argv, Map<String, String> environment, Map<Path, String> files) {
        this(argv, environment, files, List.of(), Map.of());
    }

    /// Names the program only: arguments and environment may hold secrets.
    @Override
    public String toString() {
        return "Launch[" + argv.getFirst() + "]";
    }
}

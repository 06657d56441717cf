package dev.agentctl.project;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Directories that several projects have as theirs. Each is complained of once, however many share it, where the
/// second project names it. Used by one thread.
final class SharedDirectories {
    private static final int MOST_NAMES = 3;

    private final Map<Path, List<String>> projects = new HashMap<>();
    private final Map<Path, Said> repeated = new LinkedHashMap<>();

    /// Where a project names a directory that another has.
    private record Said(String project, Entry entry) {}

    /// @param entry empty where the project does not name it itself
    void add(String project, Path directory, Optional<Entry> entry) {
        List<String> sharing = projects.computeIfAbsent(directory, _ -> new ArrayList<>());
        if (!sharing.isEmpty()) {
            entry.ifPresent(said -> repeated.putIfAbsent(directory, new Said(project, said)));
        }
        sharing.add(project);
    }

    /// Warns of them, when all projects were added.
    void warn() {
        repeated.forEach((directory, said) -> {
            List<String> others = projects.getOrDefault(directory, List.of()).stream()
                    .filter(other -> !other.equals(said.project()))
                    .map(Problem::quoted)
                    .toList();
            said.entry()
                    .warn("is also the directory of " + (others.size() == 1 ? "project " : "projects ") + listed(others)
                            + "; they may undo each other's work");
        });
    }

    private static String listed(List<String> names) {
        List<String> shown = names.subList(0, Math.min(MOST_NAMES, names.size()));
        int more = names.size() - shown.size();
        return String.join(", ", shown) + (more == 0 ? "" : " and " + more + " more");
    }
}

package dev.agentctl.project;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads a project's `sandbox`.
final class SandboxSection {
    private static final List<String> KNOWN = List.of("read_only", "hidden", "network");

    private SandboxSection() {}

    /// The configuration itself is hidden: it may hold the bot's token, and says what else there is.
    static Optional<Sandbox> read(Entry entry) {
        return Section.of(entry.node(), " in 'sandbox'", KNOWN, entry.reading()).map(section -> {
            List<Path> hidden = new ArrayList<>(paths(section.entry("hidden")));
            hidden.add(entry.reading().problems().file());
            return new Sandbox(
                    paths(section.entry("read_only")),
                    hidden,
                    section.entry("network").flatMap(Entry::flag).orElse(true));
        });
    }

    private static List<Path> paths(Optional<Entry> entry) {
        return entry.flatMap(list -> list.items("[~/.ssh]")).orElse(List.of()).stream()
                .flatMap(item -> item.path().stream())
                .filter(path -> isBelowRoot(entry, path))
                .toList();
    }

    private static boolean isBelowRoot(Optional<Entry> entry, Path path) {
        if (path.getNameCount() == 0) {
            entry.ifPresent(list -> list.problem("names the root of all files; name folders below it"));
        }
        return path.getNameCount() > 0;
    }
}

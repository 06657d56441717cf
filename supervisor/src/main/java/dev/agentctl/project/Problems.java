package dev.agentctl.project;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Collects what one reading finds wrong or odd. Bounded, and each complaint is kept once: an alias may be read many
/// times. Used by one thread.
final class Problems {
    /// More than anyone mends at a time.
    static final int MOST = 200;

    private final Path file;
    private final Set<Problem> problems = new LinkedHashSet<>();
    private final Set<Problem> warnings = new LinkedHashSet<>();
    private boolean overflown;

    Problems(Path file) {
        this.file = file;
    }

    /// The configuration that is read.
    Path file() {
        return file;
    }

    /// A problem of the configuration itself, on that line of it.
    void add(int line, String message) {
        add(new Problem(file, line, message));
    }

    /// A problem, also of another file.
    void add(Problem problem) {
        if (problems.size() < MOST) {
            problems.add(problem);
        } else {
            overflown |= !problems.contains(problem);
        }
    }

    void warn(int line, String message) {
        if (warnings.size() < MOST) {
            warnings.add(new Problem(file, line, message));
        }
    }

    boolean none() {
        return problems.isEmpty();
    }

    /// The configuration's own by line, then the other files'.
    List<Problem> sorted() {
        List<Problem> all = new ArrayList<>(problems);
        all.sort(Comparator.comparing((Problem problem) -> !problem.file().equals(file))
                .thenComparing(problem -> problem.file().toString())
                .thenComparingInt(Problem::line));
        if (overflown) {
            all.add(new Problem(file, 0, "there are more problems; these are the first " + MOST));
        }
        return all;
    }

    /// The warnings by line, as they are shown.
    List<String> warnings() {
        return warnings.stream()
                .sorted(Comparator.comparingInt(Problem::line))
                .map(Problem::toString)
                .toList();
    }
}

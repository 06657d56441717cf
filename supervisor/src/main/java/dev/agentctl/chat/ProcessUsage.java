package dev.agentctl.chat;

import dev.agentctl.session.SessionView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What a session takes of the machine, in words.
final class ProcessUsage {
    private static final String MEMORY = "VmRSS:";
    private static final int KILO = 1024;

    private ProcessUsage() {}

    static String of(SessionView view, Instant now) {
        StringBuilder text =
                new StringBuilder("**" + view.name() + "** " + view.state().word());
        text.append("\n\nRestarts: ").append(view.model().restarts());
        Optional<ProcessHandle> child = view.state().childPid() == 0
                ? Optional.empty()
                : ProcessHandle.of(view.state().childPid());
        // the process knows it, also where it is older than this supervisor
        child.flatMap(handle -> handle.info().startInstant())
                .ifPresent(began -> text.append("\nRuns for ").append(Times.words(Duration.between(began, now))));
        child.ifPresent(handle -> text.append(tree(handle)));
        return text.toString();
    }

    private static String tree(ProcessHandle child) {
        List<ProcessHandle> all =
                Stream.concat(Stream.of(child), child.descendants()).toList();
        Duration processor = all.stream()
                .flatMap(process -> process.info().totalCpuDuration().stream())
                .reduce(Duration.ZERO, Duration::plus);
        long memory = all.stream().mapToLong(process -> memory(process.pid())).sum();
        return "\nProcesses: " + all.size() + "\nMemory: " + memory / KILO + " MB\nProcessor: "
                + Times.words(processor);
    }

    /// Resident memory in kB; 0 for one that has just ended.
    private static long memory(long pid) {
        try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(pid), "status"))) {
            return lines.filter(line -> line.startsWith(MEMORY))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElse(0);
        } catch (IOException | java.io.UncheckedIOException _) {
            return 0;
        }
    }
}

package dev.agentctl.bench;

import dev.agentctl.testkit.HomeProcesses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// An empty home for one daemon and its children. Everything that runs in it ends when it is closed, and it goes.
final class BenchHome implements AutoCloseable {
    private final Path path;
    private final Map<String, String> environment = new LinkedHashMap<>();

    BenchHome() throws IOException {
        path = Files.createTempDirectory("agentctl-bench").toRealPath();
        Files.createDirectory(path.resolve("tmp"));
        environment.put("HOME", path.toString());
        environment.put("TMPDIR", path.resolve("tmp").toString());
        environment.put("PATH", Programs.path());
        environment.put("TERM", "xterm-256color");
        environment.put("LANG", "C.UTF-8");
        environment.put("SHELL", "/bin/bash");
    }

    Path path() {
        return path;
    }

    Path file(String name) {
        return path.resolve(name);
    }

    Map<String, String> environment() {
        return environment;
    }

    /// Makes a variable part of the environment of everything that is started here.
    void set(String name, Path value) {
        set(name, value.toString());
    }

    void set(String name, String value) {
        environment.put(name, value);
    }

    /// Writes a script and gives its path.
    Path script(String name, String text) throws IOException {
        Path script = file(name);
        Files.writeString(script, text);
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        return script;
    }

    String run(String... command) throws IOException, InterruptedException {
        return Programs.run(environment, path, List.of(command));
    }

    Process start(List<String> command) throws IOException {
        return Programs.start(environment, path, command);
    }

    @Override
    public void close() throws IOException {
        HomeProcesses.end(path);
        try (Stream<Path> all = Files.walk(path)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        }
    }
}

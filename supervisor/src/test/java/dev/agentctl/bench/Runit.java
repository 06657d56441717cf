package dev.agentctl.bench;

import dev.agentctl.pty.Leftovers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// runit, from Debian's package: a small C program beside each child, and one that keeps those.
final class Runit implements Keeper {
    private final BenchHome home = new BenchHome();
    private final Path services = home.file("services");

    Runit() throws IOException {}

    @Override
    public String name() {
        return "runit";
    }

    @Override
    public BenchHome home() {
        return home;
    }

    @Override
    public void start(int children, List<String> command) throws IOException, InterruptedException {
        for (String child : Keeper.names(children)) {
            Files.createDirectories(services.resolve(child));
            home.script(
                    "services/" + child + "/run",
                    "#!/bin/sh\nexec " + String.join(" ", Keeper.named(command, child)) + "\n");
        }
        home.start(List.of("runsvdir", "-P", services.toString()));
        Clock.await("runit runs all", () -> keepers().size() == children);
    }

    /// The processes that watch a child each; runit writes the child's number beside it.
    private List<Path> keepers() throws IOException {
        // not by a walk: it stumbles over the files that runit renames
        try (Stream<Path> all = Files.list(services)) {
            return all.map(service -> service.resolve("supervise/pid"))
                    .filter(file -> file.toFile().length() > 0)
                    .toList();
        }
    }

    @Override
    public List<Long> daemons() {
        return Leftovers.find("HOME", home.path().toString()).stream()
                .filter(pid -> ProcessHandle.of(pid)
                        .flatMap(process -> process.info().command())
                        .filter(command -> command.endsWith("/runsv") || command.endsWith("/runsvdir"))
                        .isPresent())
                .toList();
    }

    @Override
    public List<String> statusCommand() {
        return List.of("sh", "-c", "sv status " + services + "/*");
    }

    @Override
    public void close() throws IOException {
        home.close();
    }
}

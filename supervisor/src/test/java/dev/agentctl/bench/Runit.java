package dev.agentctl.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
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
            Path service = Files.createDirectories(services.resolve(child));
            Path run = service.resolve("run");
            Files.writeString(run, "#!/bin/sh\nexec " + String.join(" ", Keeper.named(command, child)) + "\n");
            Files.setPosixFilePermissions(run, PosixFilePermissions.fromString("rwx------"));
        }
        home.start(List.of("runsvdir", "-P", services.toString()));
        Clock.await("runit runs all", () -> keepers().size() == children);
    }

    /// The processes that watch a child each; runit writes the child's number beside it.
    private List<Path> keepers() throws IOException {
        try (Stream<Path> all = Files.walk(services)) {
            return all.filter(file -> file.endsWith("supervise/pid") && !isEmpty(file))
                    .toList();
        }
    }

    private static boolean isEmpty(Path file) {
        return file.toFile().length() == 0;
    }

    @Override
    public List<Long> daemons() throws IOException {
        List<Long> daemons = new ArrayList<>();
        for (ProcessHandle each : ProcessHandle.allProcesses().toList()) {
            String command = each.info().command().orElse("");
            if ((command.endsWith("/runsv") || command.endsWith("/runsvdir")) && isOurs(each.pid())) {
                daemons.add(each.pid());
            }
        }
        return daemons;
    }

    private boolean isOurs(long pid) throws IOException {
        return Files.readString(Path.of("/proc", Long.toString(pid), "environ")).contains("HOME=" + home.path() + "\0");
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

package dev.agentctl.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// GNU screen: one server process for each session.
final class GnuScreen implements Keeper {
    private final BenchHome home = new BenchHome();
    private final Path sockets = home.file("screens");

    GnuScreen() throws IOException {
        Files.createDirectory(
                sockets, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        home.set("SCREENDIR", sockets);
    }

    @Override
    public String name() {
        return "screen";
    }

    @Override
    public BenchHome home() {
        return home;
    }

    @Override
    public void start(int children, List<String> command) throws IOException, InterruptedException {
        for (String child : Keeper.names(children)) {
            List<String> words = new ArrayList<>(List.of("screen", "-c", "/dev/null", "-dmS", child));
            words.addAll(Keeper.named(command, child));
            home.run(words.toArray(String[]::new));
        }
        Clock.await("all screens run", () -> daemons().size() == children);
    }

    /// A socket is named after its server's process: `123.c0`.
    @Override
    public List<Long> daemons() throws IOException {
        try (Stream<Path> all = Files.list(sockets)) {
            return all.map(socket -> String.valueOf(socket.getFileName()))
                    .map(name -> Long.parseLong(name.substring(0, name.indexOf('.'))))
                    .toList();
        }
    }

    @Override
    public List<String> statusCommand() {
        return List.of("screen", "-ls");
    }

    @Override
    public List<String> attachCommand(String child) {
        return List.of("screen", "-x", child);
    }

    @Override
    public void close() throws IOException {
        home.close();
    }
}

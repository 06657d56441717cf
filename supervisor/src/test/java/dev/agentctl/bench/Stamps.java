package dev.agentctl.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A file to which children write a line as the first thing they do: their name, their process, the time.
final class Stamps {
    private final Path file;
    private final Path script;

    /// @param pid the process
    /// @param micros of the real-time clock
    record Stamp(String name, long pid, long micros) {}

    Stamps(BenchHome home) throws IOException {
        file = home.file("stamps");
        Files.createFile(file);
        script = home.script("child", """
                #!/bin/bash
                echo "$1 $$ ${EPOCHREALTIME/./}" >>'%s'
                exec sleep infinity
                """.formatted(file));
    }

    /// What a child runs.
    List<String> command() {
        return List.of(script.toString(), Keeper.NAME);
    }

    /// The newest stamp of each child.
    Map<String, Stamp> newest() throws IOException {
        Map<String, Stamp> newest = new LinkedHashMap<>();
        String text = Files.readString(file);
        // the last line may still be under way
        for (String line : text.substring(0, text.lastIndexOf('\n') + 1).lines().toList()) {
            String[] words = line.split(" ", -1);
            newest.put(words[0], new Stamp(words[0], Long.parseLong(words[1]), Long.parseLong(words[2])));
        }
        return newest;
    }

    void await(int children) throws IOException, InterruptedException {
        Clock.await(children + " children have begun", () -> newest().size() == children);
    }

    /// The stamp of the child that follows this one.
    Stamp awaitAfter(Stamp former) throws IOException, InterruptedException {
        Clock.await("a new " + former.name(), () -> next(former).pid() != former.pid());
        return next(former);
    }

    private Stamp next(Stamp former) throws IOException {
        return newest().getOrDefault(former.name(), former);
    }
}

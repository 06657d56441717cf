package dev.agentctl.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A child that prints the file it is told, again and again; after each it prints a last line and notes the times.
record Printer(BenchHome home, Path script) {
    Printer(BenchHome home) throws IOException {
        this(home, home.script("print", """
                #!/bin/bash
                stty -echo
                : >ready
                for ((n = 0; ; n++)); do
                  until [ -e "go$n" ]; do sleep 0.02; done
                  file=$(<"go$n")
                  echo "${EPOCHREALTIME/./}" >begun.new
                  mv begun.new "begun$n"
                  cat "$file"
                  printf '\\033cline number %s was the last one\\n' "$n"
                  echo "${EPOCHREALTIME/./}" >done.new
                  mv done.new "done$n"
                done
                """));
    }

    static String lastLine(int number) {
        return "line number " + number + " was the last one";
    }

    List<String> command() {
        return List.of(script.toString());
    }

    void awaitReady() throws IOException, InterruptedException {
        Clock.await("the child waits", () -> Files.exists(home.file("ready")));
    }

    void go(int number, Path file) throws IOException {
        Path told = home.file("go.new");
        Files.writeString(told, file.toString());
        Files.move(told, home.file("go" + number));
    }

    boolean isDone(int number) {
        return Files.exists(home.file("done" + number));
    }

    private long time(String name) throws IOException, InterruptedException {
        Clock.await("the child has " + name, () -> Files.exists(home.file(name)));
        return Long.parseLong(Files.readString(home.file(name)).strip());
    }

    long begun(int number) throws IOException, InterruptedException {
        return time("begun" + number);
    }

    long done(int number) throws IOException, InterruptedException {
        return time("done" + number);
    }
}

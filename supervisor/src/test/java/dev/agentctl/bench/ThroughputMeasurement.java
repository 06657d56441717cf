package dev.agentctl.bench;

import dev.agentctl.control.ControlReply;
import dev.agentctl.control.ControlRequest;
import dev.agentctl.host.HostClient;
import dev.agentctl.host.HostReader;
import dev.agentctl.host.HostRequest;
import dev.agentctl.host.LogItem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// How many megabytes a second go from a child that prints a file through the whole route: for ours until the
/// supervisor's screen shows the last line, for tmux and screen until the child is done, for they draw as they read.
final class ThroughputMeasurement implements Measurement {
    private static final String LAST = "this was the last line";

    /// One way of holding the terminal, and its speed.
    private record Speed(String name, double megabytes) {
        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%s %.0f", name, megabytes);
        }
    }

    @Override
    public List<Result> take(Bed bed) throws IOException, InterruptedException {
        int megabytes = bed.samples(100, 20);
        try (BenchHome files = new BenchHome()) {
            List<Result> results = new ArrayList<>();
            results.addAll(take(bed, "plain log", SampleOutput.log(files.file("log"), megabytes)));
            results.addAll(take(bed, "screen redraws", SampleOutput.redraws(files.file("redraws"), megabytes)));
            return results;
        }
    }

    private static List<Result> take(Bed bed, String kind, Path file) throws IOException, InterruptedException {
        List<Speed> peers = new ArrayList<>();
        if (Programs.has("tmux")) {
            peers.add(new Speed("tmux detached", peer(new Tmux(), file, Optional.empty())));
            peers.add(new Speed("tmux attached", peer(new Tmux(), file, Optional.of("attach -t c0"))));
        }
        if (Programs.has("screen")) {
            peers.add(new Speed("screen detached", peer(new GnuScreen(), file, Optional.empty())));
            peers.add(new Speed("screen attached", peer(new GnuScreen(), file, Optional.of("-x c0"))));
        }
        Ours ours = ours(bed, file);
        double best = peers.isEmpty() ? 1 : peers.getFirst().megabytes;
        String listed = String.join("; ", peers.stream().map(Speed::toString).toList());
        return List.of(
                Result.atLeast(
                        "whole route to the screen, " + kind + ", MB/s",
                        listed,
                        String.format(Locale.ROOT, "%.0f", ours.screen),
                        ours.screen,
                        best,
                        "MB/s (tmux)"),
                Result.plain(
                        "of that: child to the end of its output; to a reader of the log, MB/s",
                        "-",
                        String.format(Locale.ROOT, "%.0f; %.0f", ours.child, ours.reader)));
    }

    /// Megabytes a second until the child was done, until the screen showed the last line, and, in a run of its own,
    /// until another reader of the log had all.
    private record Ours(double child, double screen, double reader) {}

    private static Ours ours(Bed bed, Path file) throws IOException, InterruptedException {
        double size = Files.size(file);
        double child;
        double screen;
        try (Agentctl ours = new Agentctl(bed.launcher())) {
            Printer printer = new Printer(ours.home(), file);
            long begun = begin(ours, printer);
            while (!shows(ours)) {
                // looking costs the supervisor something, so not too often
                Clock.pass(Duration.ofMillis(20));
            }
            // bytes a microsecond are megabytes a second
            screen = size / (Clock.micros() - begun);
            child = size / (printer.done() - begun);
        }
        try (Agentctl ours = new Agentctl(bed.launcher())) {
            Printer printer = new Printer(ours.home(), file);
            long begun = begin(ours, printer);
            readToEnd(ours);
            return new Ours(child, screen, size / (Clock.micros() - begun));
        }
    }

    private static long begin(Agentctl ours, Printer printer) throws IOException, InterruptedException {
        ours.start(1, printer.command());
        printer.awaitReady();
        printer.go();
        return printer.begun();
    }

    private static boolean shows(Agentctl ours) throws IOException {
        return ours.ask(new ControlRequest.ShowScreen("c0", false)) instanceof ControlReply.Text(String text)
                && text.contains(LAST);
    }

    private static void readToEnd(Agentctl ours) throws IOException {
        HostRequest.Read all = new HostRequest.Read("c0", 0, -1, true);
        try (HostReader reader = HostClient.read(ours.folder().hostSocket(), all)) {
            String tail = "";
            while (!tail.contains(LAST)) {
                if (reader.next().orElseThrow(() -> new IOException("the log broke off"))
                        instanceof LogItem.Bytes(long _, byte[] bytes)) {
                    int from = Math.max(0, bytes.length - 2 * LAST.length());
                    tail += new String(bytes, from, bytes.length - from, StandardCharsets.ISO_8859_1);
                    tail = tail.substring(Math.max(0, tail.length() - 2 * LAST.length()));
                }
            }
        }
    }

    private static double peer(Keeper made, Path file, Optional<String> attach)
            throws IOException, InterruptedException {
        try (Keeper keeper = made) {
            Printer printer = new Printer(keeper.home(), file);
            keeper.start(1, printer.command());
            printer.awaitReady();
            Optional<Process> client = Optional.empty();
            if (attach.isPresent()) {
                client = Optional.of(attached(keeper, attach.get()));
            }
            printer.go();
            Clock.await("the child is done", printer::isDone);
            client.ifPresent(Process::destroyForcibly);
            return (double) Files.size(file) / (printer.done() - printer.begun());
        }
    }

    /// A client at a terminal of its own, whose output goes nowhere.
    private static Process attached(Keeper keeper, String verb) throws IOException, InterruptedException {
        String command = keeper instanceof Tmux tmux ? String.join(" ", tmux.command()) + " " + verb : "screen " + verb;
        String sink = "exec script -qfec '" + command + "' /dev/null >/dev/null";
        Process client = keeper.home().start(List.of("bash", "-c", sink));
        Clock.pass(Duration.ofSeconds(1));
        if (!client.isAlive()) {
            throw new IOException("the client of " + keeper.name() + " does not stay attached");
        }
        return client;
    }

    /// A child that waits for a word and prints a file; it notes when it began and when all was taken.
    private record Printer(BenchHome home, Path file, Path script) {
        Printer(BenchHome home, Path file) throws IOException {
            this(home, file, home.script("print", """
                    #!/bin/bash
                    : >ready
                    until [ -e go ]; do sleep 0.05; done
                    echo "${EPOCHREALTIME/./}" >begun.new
                    mv begun.new begun
                    cat '%s'
                    echo '%s'
                    echo "${EPOCHREALTIME/./}" >done.new
                    mv done.new done
                    exec sleep infinity
                    """.formatted(file, LAST)));
        }

        List<String> command() {
            return List.of(script.toString());
        }

        void awaitReady() throws IOException, InterruptedException {
            Clock.await("the child waits", () -> Files.exists(home.file("ready")));
        }

        void go() throws IOException {
            Files.createFile(home.file("go"));
        }

        boolean isDone() {
            return Files.exists(home.file("done"));
        }

        private long time(String name) throws IOException, InterruptedException {
            Clock.await("the child has " + name, () -> Files.exists(home.file(name)));
            return Long.parseLong(Files.readString(home.file(name)).strip());
        }

        long begun() throws IOException, InterruptedException {
            return time("begun");
        }

        long done() throws IOException, InterruptedException {
            return time("done");
        }
    }
}

package dev.agentctl.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/// What becomes of the output of a child that floods while host and supervisor become another program, and how long it
/// stands still.
final class UpgradeMeasurement implements Measurement {
    private static final Duration BEFORE = Duration.ofSeconds(5);
    private static final Duration BETWEEN = Duration.ofSeconds(2);

    @Override
    public List<Result> take(Bed bed) throws IOException, InterruptedException {
        try (Agentctl ours = new Agentctl(bed.launcher())) {
            Path report = ours.home().file("report");
            Path stop = ours.home().file("stop");
            ours.start(1, Programs.java(FloodingChild.class, report.toString(), stop.toString()));
            try (FloodCheck check =
                    new FloodCheck(ours.folder().hostSocket(), Keeper.names(1).getFirst())) {
                return flood(bed, ours, check, report, stop);
            }
        }
    }

    private static List<Result> flood(Bed bed, Agentctl ours, FloodCheck check, Path report, Path stop)
            throws IOException, InterruptedException {
        List<Long> children = ours.pids();
        Clock.await("the flood has come to its reader", () -> check.lines() > 0);
        // the child's own virtual machine and its code grow warm
        Clock.pass(BETWEEN);
        Samples usual = new Samples();
        Samples paused = new Samples();
        Samples commands = new Samples();
        for (int i = 0; i < bed.samples(5, 2); i++) {
            check.longestPause();
            Clock.pass(BEFORE);
            usual.add(check.longestPause());
            long begun = Clock.micros();
            ours.home().run(ours.launcher().toString(), "upgrade", "--force");
            commands.add(Clock.millisBetween(begun, Clock.micros()));
            Clock.pass(BETWEEN);
            paused.add(check.longestPause());
        }
        Files.createFile(stop);
        Clock.await("the child has told what it printed", () -> Files.exists(report));
        List<String> told = Files.readAllLines(report);
        long printed = Long.parseLong(told.getFirst());
        Clock.await(
                "all of it has come",
                () -> check.lines() == printed || !check.problem().isEmpty());
        if (!check.problem().isEmpty() || !ours.pids().equals(children)) {
            throw new IOException("child " + children + " before the upgrade, " + ours.pids() + " after; its output: "
                    + check.problem());
        }
        String what = "upgrade under flood: ";
        return List.of(
                Result.none(
                        what + "bytes lost",
                        "-",
                        format("0 of %.0f MB (compared byte for byte, the child lives)", printed * length() / 1e6)),
                Result.plain(what + "child waits, longest, ms", "-", format("%.0f", longestWait(told))),
                Result.plain(
                        what + "reader sees nothing for, ms",
                        "-",
                        paused.medianAndLargest() + ", without upgrade " + usual.medianAndLargest()),
                Result.plain(what + "the whole command, ms", "-", commands.medianAndLargest()));
    }

    private static double longestWait(List<String> told) {
        return told.stream()
                .skip(1)
                .map(line -> line.split(" ", -1))
                .mapToDouble(words -> Clock.millisBetween(Long.parseLong(words[0]), Long.parseLong(words[1])))
                .max()
                .orElse(0);
    }

    private static int length() {
        return String.format(Locale.ROOT, FloodingChild.LINE, 0).length() + 1;
    }

    private static String format(String form, double value) {
        return String.format(Locale.ROOT, form, value);
    }
}

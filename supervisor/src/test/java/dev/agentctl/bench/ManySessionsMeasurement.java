package dev.agentctl.bench;

import com.google.errorprone.annotations.FormatMethod;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/// What a thousand sessions take that do nothing: their start, memory, threads, processor time, and `status`.
final class ManySessionsMeasurement implements Measurement {
    private static final List<String> COMMAND = List.of("cat");
    /// Each look at all sessions costs the supervisor something of what is measured.
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);

    private static final Duration MOST = Duration.ofMinutes(5);
    private static final Duration SETTLE = Duration.ofSeconds(15);
    private static final double WALL_TARGET = 100;

    @Override
    public List<Result> take(Bed bed) throws IOException, InterruptedException {
        int sessions = bed.samples(1_000, 200);
        String peers = Programs.has("tmux") ? peer(sessions) : "none installed";
        try (Agentctl ours = new Agentctl(bed.launcher())) {
            long begun = Clock.micros();
            ours.begin(sessions, COMMAND);
            Clock.await(
                    "all sessions run",
                    MOST,
                    BETWEEN_LOOKS,
                    () -> ours.pids().stream().allMatch(pid -> pid > 0));
            double millis = Clock.millisBetween(begun, Clock.micros());
            ProcessFigures started = ProcessFigures.of(ours.daemons());
            return results(bed, ours, sessions, peers, millis, started);
        }
    }

    private static List<Result> results(
            Bed bed, Agentctl ours, int sessions, String peers, double startMillis, ProcessFigures started)
            throws IOException, InterruptedException {
        Clock.pass(SETTLE);
        ProcessFigures before = ProcessFigures.of(ours.daemons());
        int seconds = bed.samples(60, 20);
        Clock.pass(Duration.ofSeconds(seconds));
        List<Long> daemons = ours.daemons();
        ProcessFigures all = ProcessFigures.of(daemons);
        ProcessFigures supervisor = ProcessFigures.of(daemons.subList(0, 1));
        StatusMeasurement.Cost status = StatusMeasurement.cost(ours, bed.samples(21, 10));
        String what = sessions + " sessions of cat: ";
        return List.of(
                Result.plain(
                        what + "all run after, s",
                        peers,
                        format("%.1f (CPU of the daemons %.1f)", startMillis / 1e3, started.ticks() / 1e2)),
                Result.plain(
                        what + "memory of the daemons, RSS, MB",
                        "-",
                        format(
                                "%.0f (supervisor %.0f, host %.0f)",
                                all.residentMegabytes(),
                                supervisor.residentMegabytes(),
                                all.residentMegabytes() - supervisor.residentMegabytes())),
                Result.plain(what + "threads", "-", format("%d (supervisor %d)", all.threads(), supervisor.threads())),
                // a tick is a hundredth of a second, so ticks a second are percent
                Result.plain(
                        what + "idle CPU, %", "-", format("%.2f", (all.ticks() - before.ticks()) / (double) seconds)),
                Result.atMost(
                        what + "status from a shell, wall, ms",
                        "-",
                        status.wall().medianAndLargest(),
                        status.wall().median(),
                        WALL_TARGET,
                        "ms"));
    }

    private static String peer(int sessions) throws IOException, InterruptedException {
        try (Tmux tmux = new Tmux()) {
            long begun = Clock.micros();
            tmux.start(sessions, COMMAND);
            double millis = Clock.millisBetween(begun, Clock.micros());
            ProcessFigures figures = ProcessFigures.of(tmux.daemons());
            return format("tmux %.1f (a command for each), RSS %.0f MB", millis / 1e3, figures.residentMegabytes());
        }
    }

    @FormatMethod
    private static String format(String form, Object... values) {
        return String.format(Locale.ROOT, form, values);
    }
}

package dev.agentctl.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What the daemons take while twenty children do nothing.
final class IdleMeasurement implements Measurement {
    private static final int CHILDREN = 20;
    private static final double CPU_TARGET = 0.2;
    private static final double MEMORY_TARGET = 230;
    /// Until our roles have played their rehearsals, in their first half minute and a little more.
    private static final Duration SETTLE = Duration.ofSeconds(45);

    private record Idle(String name, ProcessFigures figures, double percent) {}

    @Override
    public List<Result> take(Bed bed) throws IOException, InterruptedException {
        List<Keeper> keepers = new ArrayList<>();
        try {
            start(bed, keepers);
            List<Idle> idle = watch(keepers, Duration.ofSeconds(bed.samples(60, 30)));
            return List.of(
                    Result.atMost(
                            "idle CPU, 20 children, %",
                            list(idle, "%s %.2f", Idle::percent),
                            String.format(Locale.ROOT, "%.2f", idle.getFirst().percent),
                            idle.getFirst().percent,
                            CPU_TARGET,
                            "%"),
                    Result.atMost(
                            "memory of the daemons, 20 children, RSS, MB",
                            list(idle, "%s %.1f", one -> one.figures().residentMegabytes()),
                            parts((Agentctl) keepers.getFirst()),
                            idle.getFirst().figures.residentMegabytes(),
                            MEMORY_TARGET,
                            "MB"),
                    Result.plain(
                            "the same, PSS, MB",
                            list(idle, "%s %.1f", one -> one.figures().proportionalMegabytes()),
                            String.format(
                                    Locale.ROOT, "%.1f", idle.getFirst().figures.proportionalMegabytes())));
        } finally {
            for (Keeper keeper : keepers) {
                keeper.close();
            }
        }
    }

    private static void start(Bed bed, List<Keeper> keepers) throws IOException, InterruptedException {
        List<Keeper.Maker> makers = new ArrayList<>(List.of(bed.ours()));
        makers.addAll(bed.watchers());
        int terminals = makers.size();
        makers.addAll(bed.multiplexers());
        for (int i = 0; i < makers.size(); i++) {
            keepers.add(makers.get(i).make());
            // cat needs a terminal to wait at; the peers without one get something that waits all the same
            boolean terminal = i == 0 || i >= terminals;
            keepers.getLast().start(CHILDREN, terminal ? List.of("cat") : List.of("sleep", "infinity"));
        }
    }

    private static List<Idle> watch(List<Keeper> keepers, Duration time) throws IOException, InterruptedException {
        Clock.pass(SETTLE);
        List<ProcessFigures> before = new ArrayList<>();
        for (Keeper keeper : keepers) {
            before.add(ProcessFigures.of(keeper.daemons()));
        }
        long begun = Clock.micros();
        Clock.pass(time);
        double seconds = Clock.millisBetween(begun, Clock.micros()) / 1e3;
        List<Idle> idle = new ArrayList<>();
        for (int i = 0; i < keepers.size(); i++) {
            ProcessFigures after = ProcessFigures.of(keepers.get(i).daemons());
            // a tick is a hundredth of a second, so ticks a second are percent
            double percent = (after.ticks() - before.get(i).ticks()) / seconds;
            idle.add(new Idle(keepers.get(i).name(), after, percent));
        }
        return idle;
    }

    private static String parts(Agentctl ours) throws IOException {
        List<Long> daemons = ours.daemons();
        double all = ProcessFigures.of(daemons).residentMegabytes();
        double supervisor = ProcessFigures.of(daemons.subList(0, 1)).residentMegabytes();
        return String.format(Locale.ROOT, "%.1f (supervisor %.1f, host %.1f)", all, supervisor, all - supervisor);
    }

    /// Reads one figure.
    private interface Figure {
        double of(Idle idle);
    }

    private static String list(List<Idle> idle, String format, Figure figure) {
        return String.join(
                "; ",
                idle.stream()
                        .skip(1)
                        .map(one -> String.format(Locale.ROOT, format, one.name, figure.of(one)))
                        .toList());
    }
}

package dev.agentctl.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// How long a shell waits for the state of twenty children, and what it costs in processor time.
final class StatusMeasurement implements Measurement {
    private static final int CHILDREN = 20;
    private static final double WALL_TARGET = 100;
    private static final double CPU_TARGET = 60;

    record Cost(String name, Samples wall, Samples cpu) {}

    @Override
    public List<Result> take(Bed bed) throws IOException, InterruptedException {
        Cost ours = cost(bed.ours(), bed.samples(41, 20), List.of("sleep", "infinity"));
        List<Cost> peers = new ArrayList<>();
        List<Keeper.Maker> makers = new ArrayList<>(bed.watchers());
        makers.addAll(bed.multiplexers());
        for (Keeper.Maker maker : makers) {
            peers.add(cost(maker, bed.samples(21, 10), List.of("sleep", "infinity")));
        }
        return List.of(
                Result.atMost(
                        "status from a shell, wall, ms",
                        list(peers, false),
                        ours.wall.medianAndLargest(),
                        ours.wall.median(),
                        WALL_TARGET,
                        "ms"),
                Result.atMost(
                        "status from a shell, CPU, ms",
                        list(peers, true),
                        ours.cpu.medianAndLargest(),
                        ours.cpu.median(),
                        CPU_TARGET,
                        "ms"));
    }

    private static String list(List<Cost> costs, boolean cpu) {
        List<String> words = new ArrayList<>();
        for (Cost cost : costs) {
            double figure = (cpu ? cost.cpu : cost.wall).median();
            words.add(String.format(Locale.ROOT, "%s %.1f", cost.name, figure));
        }
        return String.join("; ", words);
    }

    private static Cost cost(Keeper.Maker maker, int samples, List<String> command)
            throws IOException, InterruptedException {
        try (Keeper keeper = maker.make()) {
            keeper.start(CHILDREN, command);
            return cost(keeper, samples);
        }
    }

    /// A shell runs the command again and again and says of each run its wall time and processor time in seconds.
    static Cost cost(Keeper keeper, int samples) throws IOException, InterruptedException {
        String program = keeper.home()
                .script("repeat", """
                        #!/bin/bash
                        TIMEFORMAT='%%3R %%3U %%3S'
                        for ((i = 0; i < %d; i++)); do
                          time "$@" >'%s' 2>&1
                          sleep 0.1
                        done
                        """.formatted(samples, keeper.home().file("status.out")))
                .toString();
        List<String> command = new ArrayList<>(List.of(program));
        command.addAll(keeper.statusCommand());
        String output = keeper.home().run(command.toArray(String[]::new));
        Cost cost = new Cost(keeper.name(), new Samples(), new Samples());
        for (String line : output.lines().toList()) {
            String[] words = line.split(" ", -1);
            cost.wall.add(1e3 * Double.parseDouble(words[0]));
            cost.cpu.add(1e3 * (Double.parseDouble(words[1]) + Double.parseDouble(words[2])));
        }
        return cost;
    }
}

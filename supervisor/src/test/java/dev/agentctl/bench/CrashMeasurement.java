package dev.agentctl.bench;

import dev.agentctl.pty.Signal;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/// How long after its child was killed a new one runs, from the kill to the new child's own first word. The children
/// have run for 61 s, so that the first retry comes without a delay.
final class CrashMeasurement implements Measurement {
    private static final Duration HEALTHY = Duration.ofSeconds(61);
    private static final double TARGET_MILLIS = 10;
    private static final int MANY = 20;

    /// A keeper with its children, and what was measured with it.
    private record Run(Keeper keeper, int children, Stamps stamps, Samples samples) {}

    @Override
    public List<Result> take(Bed bed) throws IOException, InterruptedException {
        List<Keeper.Maker> makers = new ArrayList<>(List.of(bed.ours()));
        makers.addAll(bed.watchers());
        List<Run> runs = new ArrayList<>();
        try {
            for (int children : new int[] {1, MANY}) {
                for (Keeper.Maker maker : makers) {
                    runs.add(start(maker.make(), children));
                }
            }
            for (int round = 0; round < bed.samples(3, 1); round++) {
                Clock.pass(HEALTHY);
                for (Run run : inTurn(runs, makers.size(), round)) {
                    killEach(run);
                }
            }
            return List.of(result(runs, 1), result(runs, MANY));
        } finally {
            for (Run run : runs) {
                run.keeper.close();
            }
        }
    }

    /// Another keeper comes first in each round: what is measured first after the pause meets a machine whose caches
    /// have gone cold.
    private static List<Run> inTurn(List<Run> runs, int keepers, int round) {
        List<Run> order = new ArrayList<>(runs);
        for (int from = 0; from < order.size(); from += keepers) {
            Collections.rotate(order.subList(from, from + keepers), -round);
        }
        return order;
    }

    private static Run start(Keeper keeper, int children) throws IOException, InterruptedException {
        Run run = new Run(keeper, children, new Stamps(keeper.home()), new Samples());
        keeper.start(children, run.stamps.command());
        run.stamps.await(children);
        // the first signal that a JVM sends takes it a tenth of a second, which no keeper is to be blamed for
        run.stamps.newest().values().forEach(child -> Signal.CONTINUE.send(child.pid()));
        return run;
    }

    private static void killEach(Run run) throws IOException, InterruptedException {
        for (Stamps.Stamp child : run.stamps.newest().values()) {
            long killed = Clock.micros();
            Signal.KILL.send(child.pid());
            Stamps.Stamp next = run.stamps.awaitAfter(child);
            run.samples.add(Clock.millisBetween(killed, next.micros()));
            Clock.pass(Duration.ofMillis(100));
        }
    }

    private static Result result(List<Run> all, int children) {
        List<Run> runs = all.stream().filter(run -> run.children == children).toList();
        Samples ours = runs.getFirst().samples;
        String peers = runs.stream()
                .skip(1)
                .map(run -> run.keeper.name() + " " + run.samples.medianAndLargest())
                .collect(Collectors.joining("; "));
        return Result.atMost(
                "child killed -> new child runs, of " + children + ", ms",
                peers,
                ours.medianAndLargest(),
                ours.median(),
                TARGET_MILLIS,
                "ms");
    }
}

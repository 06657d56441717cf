package dev.agentctl.bench;

import dev.agentctl.pty.Signal;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// What becomes of twenty children when their keeper is killed, and how long after its restart was begun ours knows
/// them again.
final class ReconnectMeasurement implements Measurement {
    private static final int CHILDREN = 20;
    private static final double TARGET_MILLIS = 2_000;

    @Override
    public List<Result> take(Bed bed) throws IOException, InterruptedException {
        Samples samples = new Samples();
        try (Agentctl ours = new Agentctl(bed.launcher())) {
            ours.start(CHILDREN, List.of("cat"));
            for (int i = 0; i < bed.samples(10, 3); i++) {
                samples.add(reconnect(ours));
            }
        }
        List<String> peers = new ArrayList<>();
        List<Keeper.Maker> makers = new ArrayList<>(bed.watchers());
        makers.addAll(bed.multiplexers());
        for (Keeper.Maker maker : makers) {
            peers.add(fate(maker));
        }
        return List.of(Result.atMost(
                "supervisor killed, restarted -> status with the same 20 children, ms",
                String.join("; ", peers),
                samples.medianAndLargest(),
                samples.largest(),
                TARGET_MILLIS,
                "ms"));
    }

    private static double reconnect(Agentctl ours) throws IOException, InterruptedException {
        List<Long> before = ours.pids();
        long supervisor = ours.report().supervisor().pid();
        Signal.KILL.send(supervisor);
        Clock.await("the supervisor has ended", () -> !ProcessFigures.alive(supervisor));
        long begun = Clock.micros();
        Process up = ours.home().start(List.of(ours.launcher().toString(), "up", "--detach"));
        Clock.await("status shows the same children", () -> before.equals(answered(ours)));
        double millis = Clock.millisBetween(begun, Clock.micros());
        up.waitFor();
        return millis;
    }

    private static List<Long> answered(Agentctl ours) {
        try {
            return ours.pids();
        } catch (IOException _) {
            return List.of();
        }
    }

    /// Kills a peer's daemons and says how many of its children live on.
    private static String fate(Keeper.Maker maker) throws IOException, InterruptedException {
        try (Keeper keeper = maker.make()) {
            Stamps stamps = new Stamps(keeper.home());
            keeper.start(CHILDREN, stamps.command());
            stamps.await(CHILDREN);
            List<Long> daemons = keeper.daemons();
            daemons.forEach(Signal.KILL::send);
            Clock.await("the daemons have ended", () -> daemons.stream().noneMatch(ProcessFigures::alive));
            Clock.pass(Duration.ofMillis(500));
            long alive = stamps.newest().values().stream()
                    .filter(stamp -> ProcessFigures.alive(stamp.pid()))
                    .count();
            return keeper.name() + ": " + alive + " of " + CHILDREN + " live on" + (alive > 0 ? ", unwatched" : "");
        }
    }
}

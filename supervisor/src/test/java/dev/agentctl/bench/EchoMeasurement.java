package dev.agentctl.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// How long a key takes from an attached terminal to the agent's and back to the screen. The kernel's own echo
/// answers, so that all of the time is the way. Ours and the peers' take turns, key by key.
final class EchoMeasurement implements Measurement {
    private static final String KEYS = "xqzwv";
    private static final double ALLOWED_MILLIS = 1;

    /// An attached terminal and the times it took.
    private record Attached(Keeper keeper, Seat seat, Samples samples) {
        static Attached to(Keeper keeper) throws IOException, InterruptedException {
            keeper.start(1, List.of("cat"));
            Seat seat = Seat.take(keeper.home(), keeper.attachCommand("c0"));
            // until the greeting of the client is over
            Clock.pass(Duration.ofSeconds(4));
            return new Attached(keeper, seat, new Samples());
        }

        void press(int number) throws IOException, InterruptedException {
            String key = KEYS.substring(number % KEYS.length(), number % KEYS.length() + 1);
            seat.expect(key);
            long pressed = System.nanoTime();
            seat.type(key);
            double millis = (seat.await() - pressed) / 1e6;
            if (number == 0) {
                samples.addFirst(millis);
            } else {
                samples.add(millis);
            }
        }

        String tails() {
            return keeper.name() + " " + samples.fineTails();
        }
    }

    @Override
    public List<Result> take(Bed bed) throws IOException, InterruptedException {
        List<Keeper.Maker> makers = new ArrayList<>(List.of(bed.ours()));
        makers.addAll(bed.multiplexers());
        List<Attached> all = new ArrayList<>();
        List<Keeper> keepers = new ArrayList<>();
        try {
            for (Keeper.Maker maker : makers) {
                keepers.add(maker.make());
                all.add(Attached.to(keepers.getLast()));
            }
            int warmUp = bed.samples(200, 100);
            for (int i = 0; i <= warmUp + bed.samples(1_000, 200); i++) {
                for (Attached each : all) {
                    if (i == warmUp) {
                        each.samples.clear();
                    }
                    each.press(i);
                }
            }
            return results(all);
        } finally {
            for (Attached each : all) {
                each.seat.close();
            }
            for (Keeper keeper : keepers) {
                keeper.close();
            }
        }
    }

    private static List<Result> results(List<Attached> all) {
        Samples ours = all.getFirst().samples;
        List<Attached> peers = all.subList(1, all.size());
        String listed = String.join("; ", peers.stream().map(Attached::tails).toList());
        List<Result> results = new ArrayList<>();
        for (double share : new double[] {0.5, 0.99}) {
            double target =
                    peers.isEmpty() ? ALLOWED_MILLIS : peers.getFirst().samples.quantile(share) + ALLOWED_MILLIS;
            results.add(Result.atMost(
                    "key at attach -> echo on the screen, ms",
                    listed,
                    ours.fineTails(),
                    ours.quantile(share),
                    target,
                    "ms p" + Math.round(100 * share) + " (tmux + 1)"));
        }
        return results;
    }
}

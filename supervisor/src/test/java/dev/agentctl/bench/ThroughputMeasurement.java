package dev.agentctl.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// How many megabytes a second go from a child that prints through the whole route, by kind of output, and what that
/// costs of the processors: to the keeper's screen, and to that of an attached terminal. Ours and the peers' take
/// turns, file by file; medians count, so that a busy machine hits all alike. And how many of them our emulator takes
/// alone.
final class ThroughputMeasurement implements Measurement {
    @Override
    public List<Result> take(Bed bed) throws IOException, InterruptedException {
        List<Keeper.Maker> makers = new ArrayList<>(List.of(bed.ours()));
        makers.addAll(bed.multiplexers());
        List<Route> routes = new ArrayList<>();
        try (BenchHome files = new BenchHome()) {
            List<OutputKind> kinds = SampleOutput.all(files, bed.root(), bed.samples(30, 10));
            List<Result> results = new ArrayList<>(EmulatorSpeed.of(kinds, bed.samples(9, 5)));
            for (boolean attached : new boolean[] {false, true}) {
                for (Keeper.Maker maker : makers) {
                    routes.add(Route.to(maker.make(), attached));
                }
            }
            int number = 0;
            for (OutputKind kind : kinds) {
                // what is compiled while it runs is compiled by then
                number = rounds(routes, number, kind.file(), 1);
            }
            for (OutputKind kind : kinds) {
                routes.forEach(Route::clear);
                number = rounds(routes, number, kind.file(), bed.samples(5, 3));
                results.addAll(results(kind, routes.subList(0, makers.size())));
                results.addAll(results(kind, routes.subList(makers.size(), routes.size())));
            }
            return results;
        } finally {
            for (Route route : routes) {
                route.close();
            }
        }
    }

    private static int rounds(List<Route> routes, int number, Path file, int rounds)
            throws IOException, InterruptedException {
        for (int i = 0; i < rounds; i++) {
            for (Route route : routes) {
                route.run(number + i, file);
            }
        }
        return number + rounds;
    }

    private static List<Result> results(OutputKind kind, List<Route> routes) throws IOException {
        Route ours = routes.getFirst();
        List<Route> peers = routes.subList(1, routes.size());
        double best = peers.isEmpty() ? 1 : peers.getFirst().speeds().median();
        String where = ours.seat().isPresent() ? " attached" : "";
        return List.of(
                Result.atLeast(
                        "route" + where + ", " + kind.name() + ", MB/s",
                        String.join(
                                "; ",
                                peers.stream()
                                        .map(peer -> peer.name() + number(" %.0f", peer.speeds()))
                                        .toList()),
                        number("%.0f", ours.speeds()),
                        ours.speeds().median(),
                        best,
                        "MB/s (tmux)"),
                Result.plain(
                        "its processor time, ms/MB",
                        String.join(
                                "; ",
                                peers.stream()
                                        .map(peer -> peer.name() + number(" %.0f", peer.costs()))
                                        .toList()),
                        number("%.0f", ours.costs())));
    }

    private static String number(String format, Samples samples) {
        return String.format(Locale.ROOT, format, samples.median());
    }
}

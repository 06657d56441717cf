package dev.agentctl.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Takes all figures, or one of them, and prints the table.
final class Bench {
    private static final List<Measurement> ALL = List.of(
            new CrashMeasurement(),
            new StatusMeasurement(),
            new IdleMeasurement(),
            new TypingMeasurement(),
            new AnswerMeasurement(),
            new ReconnectMeasurement(),
            new ThroughputMeasurement(),
            new EchoMeasurement(),
            new HistoryMeasurement(),
            new ChatMeasurement(),
            new WaitingMeasurement(),
            new ManySessionsMeasurement(),
            new HostKillMeasurement(),
            new UpgradeMeasurement());

    private Bench() {}

    /// `ROOT [--quick] [--only N]`
    public static void main(String[] arguments) throws IOException, InterruptedException {
        List<String> words = List.of(arguments);
        Bed bed = new Bed(Path.of(words.getFirst()), words.contains("--quick"));
        int only = words.contains("--only") ? Integer.parseInt(words.get(words.indexOf("--only") + 1)) : 0;
        List<Result> results = new ArrayList<>();
        List<String> loads = new ArrayList<>();
        boolean busy = false;
        for (int i = 1; i <= ALL.size(); i++) {
            if (only == 0 || only == i) {
                double load = Machine.load();
                busy |= Machine.isBusy(load);
                loads.add(String.format(Locale.ROOT, "%d: %.2f", i, load));
                System.err.printf(Locale.ROOT, "bench: figure %d of %d, load %.2f%n", i, ALL.size(), load);
                results.addAll(ALL.get(i - 1).take(bed));
            }
        }
        System.out.print(Table.of(results));
        System.out.println("\n" + Machine.describe() + "; load before each figure: " + String.join(", ", loads));
        if (busy) {
            System.out.println("WARNING: the machine was busy with something else (load above 1.5): these figures prove"
                    + " nothing, take them again on a quiet one");
        }
    }
}

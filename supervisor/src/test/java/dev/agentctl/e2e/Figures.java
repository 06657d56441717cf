package dev.agentctl.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Open files, threads and memory of some processes together. Files and threads are counted by kind, their names
/// without the numbers, so that a leak has a name.
record Figures(Map<String, Integer> files, Map<String, Integer> threads, long megabytes) {
    /// What comes with time whatever is done, in both processes: pools of threads that are made at their first use and
    /// the descriptors that these poll with.
    private static final int LATE_COMERS = 16;

    static Figures of(List<Long> pids) throws IOException {
        Figures sum = new Figures(new TreeMap<>(), new TreeMap<>(), 0);
        for (long pid : pids) {
            Path process = Path.of("/proc/" + pid);
            for (Path file : list(process.resolve("fd"))) {
                count(sum.files, link(file));
            }
            for (Path thread : list(process.resolve("task"))) {
                count(sum.threads, read(thread.resolve("comm")));
            }
            sum = new Figures(sum.files, sum.threads, sum.megabytes + residentMegabytes(process));
        }
        return sum;
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.toList();
        }
    }

    private static void count(Map<String, Integer> into, String name) {
        into.merge(name.strip().replaceAll("[0-9]+", "N"), 1, Integer::sum);
    }

    private static String link(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException _) {
            return "closed since";
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException _) {
            return "ended since";
        }
    }

    private static long residentMegabytes(Path process) throws IOException {
        for (String line : Files.readAllLines(process.resolve("status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
            }
        }
        return 0;
    }

    /// Whether they are what they were, but for what a run cannot help.
    boolean isBackAt(Figures before) {
        return sum(files) <= sum(before.files) + LATE_COMERS
                && sum(threads) <= sum(before.threads) + LATE_COMERS
                && megabytes <= before.megabytes * 2 + 64;
    }

    private static int sum(Map<String, Integer> counts) {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    /// What there is more of than before.
    Map<String, Integer> growth(Figures before) {
        Map<String, Integer> more = new TreeMap<>();
        files.forEach((name, count) -> more.put("file " + name, count - before.files.getOrDefault(name, 0)));
        threads.forEach((name, count) -> more.put("thread " + name, count - before.threads.getOrDefault(name, 0)));
        more.values().removeIf(count -> count <= 0);
        return more;
    }

    @Override
    public String toString() {
        return sum(files) + " files, " + sum(threads) + " threads, " + megabytes + " MB";
    }
}

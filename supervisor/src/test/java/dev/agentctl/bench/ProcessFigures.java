package dev.agentctl.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// What the kernel says of processes, see proc(5).
///
/// @param resident kilobytes in memory
/// @param proportional the same, shared pages divided among those who share them
/// @param ticks of processor time, hundredths of a second
record ProcessFigures(long resident, long proportional, long threads, long ticks) {
    static ProcessFigures of(List<Long> pids) throws IOException {
        long resident = 0;
        long proportional = 0;
        long threads = 0;
        long ticks = 0;
        for (long pid : pids) {
            Path folder = Path.of("/proc", Long.toString(pid));
            List<String> memory = Files.readAllLines(folder.resolve("smaps_rollup"));
            resident += kilobytes(memory, "Rss:");
            proportional += kilobytes(memory, "Pss:");
            String stat = Files.readString(folder.resolve("stat"));
            threads += word(stat, 20);
            ticks += word(stat, 14) + word(stat, 15);
        }
        return new ProcessFigures(resident, proportional, threads, ticks);
    }

    private static long kilobytes(List<String> lines, String label) {
        return lines.stream()
                .filter(line -> line.startsWith(label))
                .map(line -> line.replaceAll("\\D", ""))
                .mapToLong(Long::parseLong)
                .sum();
    }

    /// The words are numbered as there; the second, the program's name in parentheses, may hold blanks.
    private static long word(String stat, int number) {
        String[] words = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return Long.parseLong(words[number - 3]);
    }

    /// Whether a process runs, and is not one that has ended and was not waited for.
    static boolean alive(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            return stat.charAt(stat.lastIndexOf(')') + 2) != 'Z';
        } catch (IOException _) {
            return false;
        }
    }

    double residentMegabytes() {
        return resident / 1024.0;
    }

    double proportionalMegabytes() {
        return proportional / 1024.0;
    }
}

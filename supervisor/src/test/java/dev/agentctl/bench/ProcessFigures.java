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
record ProcessFigures(long resident, long proportional, long ticks) {
    static ProcessFigures of(List<Long> pids) throws IOException {
        long resident = 0;
        long proportional = 0;
        long ticks = 0;
        for (long pid : pids) {
            Path folder = Path.of("/proc", Long.toString(pid));
            List<String> memory = Files.readAllLines(folder.resolve("smaps_rollup"));
            resident += kilobytes(memory, "Rss:");
            proportional += kilobytes(memory, "Pss:");
            ticks += ticks(Files.readString(folder.resolve("stat")));
        }
        return new ProcessFigures(resident, proportional, ticks);
    }

    private static long kilobytes(List<String> lines, String label) {
        return lines.stream()
                .filter(line -> line.startsWith(label))
                .map(line -> line.replaceAll("\\D", ""))
                .mapToLong(Long::parseLong)
                .sum();
    }

    /// The program's name, in parentheses, may hold blanks; user and system time are the 12th and 13th after it.
    private static long ticks(String stat) {
        String[] words = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return Long.parseLong(words[11]) + Long.parseLong(words[12]);
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

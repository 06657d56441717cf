package dev.agentctl.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Locale;
import java.util.Random;
import java.util.function.Supplier;

/// Measures how many megabytes a second of its thread's time the emulator takes, by kind of output, at 120x40 in chunks
/// of 16 KiB.
/// Prints one line each: the first round, then the best of the warm ones.
final class EmulatorBenchmark {
    private static final int SIZE = 16 * 1024 * 1024;
    private static final int CHUNK = 16 * 1024;
    private static final int ROUNDS = 6;

    private EmulatorBenchmark() {}

    public static void main(String[] arguments) {
        measure("ascii log", EmulatorBenchmark::log);
        measure("tui redraws", EmulatorBenchmark::redraws);
        measure("24-bit sgr per character", EmulatorBenchmark::coloured);
        measure("cjk and emoji", EmulatorBenchmark::wide);
        measure("y lines", () -> "y\r\n".repeat(SIZE / 3));
    }

    private static void measure(String name, Supplier<String> text) {
        byte[] bytes = text.get().getBytes(UTF_8);
        double first = 0;
        double best = 0;
        for (int round = 0; round < ROUNDS; round++) {
            double speed = speed(bytes);
            first = round == 0 ? speed : first;
            best = Math.max(best, speed);
        }
        System.out.printf(Locale.ROOT, "%-26s first %4.0f MB/s, best %4.0f MB/s%n", name, first, best);
    }

    private static double speed(byte[] bytes) {
        Terminal terminal = new Terminal(120, 40, 2000, _ -> {});
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long start = threads.getCurrentThreadCpuTime();
        for (int at = 0; at < bytes.length; at += CHUNK) {
            terminal.feed(bytes, at, Math.min(CHUNK, bytes.length - at));
        }
        return bytes.length / 1e6 / ((threads.getCurrentThreadCpuTime() - start) / 1e9);
    }

    private static String log() {
        Random random = new Random(1);
        StringBuilder text = new StringBuilder();
        while (text.length() < SIZE) {
            text.append("2026-01-02T03:04:05 INFO  request ").append(random.nextInt(1_000_000));
            text.append(" took ")
                    .append(random.nextInt(1000))
                    .append(" ms ")
                    .repeat('x', random.nextInt(60))
                    .append("\r\n");
        }
        return text.toString();
    }

    /// Synchronized partial redraws as Claude and Codex send them: moves, short coloured words, erased line ends.
    private static String redraws() {
        Random random = new Random(2);
        StringBuilder text = new StringBuilder();
        while (text.length() < SIZE) {
            text.append("\u001b[?2026h\u001b[?25l");
            for (int i = 0; i < 12; i++) {
                text.append("\u001b[").append(1 + random.nextInt(40)).append(";1H\u001b[38;5;");
                text.append(random.nextInt(256)).append("m│ \u001b[39m\u001b[1mword\u001b[22m ");
                text.append("some more text of a usual length for a line").append(" \u001b[2m(esc)\u001b[22m\u001b[K");
            }
            text.append("\r\u001b[2C\u001b[3A✻ Working…\r\n\u001b[?25h\u001b[?2026l");
        }
        return text.toString();
    }

    private static String coloured() {
        Random random = new Random(3);
        StringBuilder text = new StringBuilder();
        while (text.length() < SIZE) {
            text.append("\u001b[38;2;").append(random.nextInt(256)).append(';');
            text.append(random.nextInt(256))
                    .append(';')
                    .append(random.nextInt(256))
                    .append("mx");
        }
        return text.toString();
    }

    private static String wide() {
        Random random = new Random(4);
        StringBuilder text = new StringBuilder();
        while (text.length() < SIZE / 3) {
            int kind = random.nextInt(20);
            if (kind == 0) {
                text.append("\r\n");
            } else if (kind == 1) {
                text.appendCodePoint(0x1F600 + random.nextInt(40));
            } else {
                text.appendCodePoint(0x4E00 + random.nextInt(5000));
            }
        }
        return text.toString();
    }
}

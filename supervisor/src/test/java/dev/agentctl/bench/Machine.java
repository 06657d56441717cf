package dev.agentctl.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/// What the figures were taken on.
final class Machine {
    /// Above this, something else was running that took part of the machine.
    private static final double BUSY = 1.5;

    private Machine() {}

    /// The average number of runnable processes over the last minute.
    static double load() throws IOException {
        String text = Files.readString(Path.of("/proc/loadavg"));
        return Double.parseDouble(text.substring(0, text.indexOf(' ')));
    }

    static boolean isBusy(double load) {
        return load > BUSY;
    }

    static String describe() {
        return Runtime.getRuntime().availableProcessors() + " cores, Linux "
                + Objects.toString(System.getProperty("os.version"))
                + ", Java " + Runtime.version();
    }
}

package dev.agentctl.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.logging.LogManager;

/// The same work again and again, while the n-th of its calls on files fails, for every n until it makes no more: once
/// with one call that fails, and once with all from it on. It is played in a Java of its own, see [FailingCalls].
public final class FaultSweep {
    private FaultSweep() {}

    /// The work; it looks itself at what is left of it.
    @FunctionalInterface
    public interface Play {
        /// Arms the calls, works, disarms them, and looks.
        ///
        /// @param lasting whether all calls from the n-th on are to fail
        /// @param folder empty, and below the one whose calls are to fail
        /// @return how many calls there were
        long at(FailingCalls faults, long n, boolean lasting, Path folder) throws IOException, InterruptedException;
    }

    /// Arms them as this sweep does: one that fails is a broken disk, many are a full one.
    public static void arm(FailingCalls faults, long n, boolean lasting, Path folder) {
        faults.arm(n, lasting, lasting ? FailingCalls.ENOSPC : FailingCalls.EIO, folder);
    }

    /// For a test: has the main of `player` play, and says how much that was. The system property
    /// `agentctl.faults.step` is the distance between the n that are tried: 1 tries all.
    public static void run(String what, Class<?> player, Path temporary, int usualStep)
            throws IOException, InterruptedException {
        Optional<Path> library = FailingCalls.library(temporary);
        assumeTrue(library.isPresent(), "gcc is not installed");
        String step = Integer.toString(Integer.getInteger("agentctl.faults.step", usualStep));
        String said = FailingCalls.run(library.orElseThrow(), player, temporary.toString(), step);
        System.out.println(what + ", " + said.replace("\n", "; "));
        assertThat(said).containsPattern("once: [1-9][0-9]* calls").contains("tried ");
    }

    /// For a player's main, with its arguments.
    public static void play(String[] arguments, Play play) throws IOException, InterruptedException {
        // what is logged of each failure is not what is looked at
        LogManager.getLogManager().reset();
        FailingCalls faults = FailingCalls.here();
        Path folder = Path.of(arguments[0]);
        int step = Integer.parseInt(arguments[1]);
        int tried = 0;
        for (boolean lasting : new boolean[] {false, true}) {
            long calls = 0;
            boolean reached = true;
            for (long n = 1; reached; n += step) {
                Path home = Files.createDirectory(folder.resolve((lasting ? "lasting" : "once") + n));
                calls = play.at(faults, n, lasting, home);
                reached = calls >= n;
                tried++;
            }
            System.out.println((lasting ? "lasting: " : "once: ") + calls + " calls");
        }
        System.out.println("tried " + tried);
    }
}

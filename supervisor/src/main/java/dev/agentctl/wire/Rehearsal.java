package dev.agentctl.wire;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a role does once for itself, a moment after its start, so that it is loaded and compiled when somebody waits
/// for it: the first crash of a child took twice as long as the tenth.
public final class Rehearsal {
    private static final Logger LOG = LoggerFactory.getLogger(Rehearsal.class);
    /// What starts with the role comes first, and who then types. Over before a child has run for the minute that lets
    /// its next one be started at once.
    private static final Duration DELAY = Duration.ofSeconds(25);

    private static final Duration BREATH = Duration.ofMillis(20);
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    /// With less of the disk what is played would complain, as if it were real.
    private static final long ROOM = 64 << 20;

    private static final Set<Thread> UNDER_WAY = ConcurrentHashMap.newKeySet();

    private Rehearsal() {}

    /// What is done.
    @FunctionalInterface
    public interface Play {
        /// Does it, and ends what it has begun.
        ///
        /// @param scratch has nothing in it, and is removed afterwards
        /// @param breath between one crash and the next, so that nobody who types notices
        void play(StateFolder scratch, Duration breath) throws IOException, InterruptedException;
    }

    /// Plays in the background. A play that fails spoils nothing.
    ///
    /// @param role names the scratch folder in the state folder
    public static void begin(StateFolder state, String role, Play play) {
        Thread thread = Thread.ofPlatform().daemon().name("rehearsal").unstarted(() -> {
            try {
                Thread.sleep(DELAY);
                if (Files.getFileStore(state.path()).getUsableSpace() >= ROOM) {
                    run(state, role, BREATH, play);
                }
            } catch (IOException | RuntimeException e) {
                LOG.debug("the rehearsal failed: {}", e.toString());
            } catch (InterruptedException _) {
                // broken off
            } finally {
                UNDER_WAY.remove(Thread.currentThread());
            }
        });
        UNDER_WAY.add(thread);
        thread.start();
    }

    /// Breaks off what was begun, and waits until nothing is left of it: before this process ends or becomes another
    /// program.
    public static void breakOff() throws InterruptedException {
        for (Thread thread : UNDER_WAY) {
            thread.interrupt();
            if (!thread.join(PATIENCE)) {
                LOG.debug("the rehearsal does not end");
            }
        }
    }

    /// Plays now.
    public static void run(StateFolder state, String role, Duration breath, Play play)
            throws IOException, InterruptedException {
        try (ScratchFolder scratch = ScratchFolder.in(state, role + ".rehearsal")) {
            play.play(scratch.folder(), breath);
        }
    }
}

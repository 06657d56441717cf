package dev.agentctl.pty;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Loads what the first start would wait for: pty4j's native library takes about 0.2 s.
public final class Warmth {
    private static final Logger LOG = LoggerFactory.getLogger(Warmth.class);

    private Warmth() {}

    /// Starts a child that ends at once, in the background.
    public static void begin() {
        Thread.ofPlatform().daemon().name("warm-up").start(Warmth::run);
    }

    private static void run() {
        try {
            int _ = check();
        } catch (PtyStartException | IOException e) {
            LOG.warn("the first terminal could not be opened: {}", e.getMessage());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// Whether a child can be started here at all.
    ///
    /// @return the exit status of one that does nothing
    public static int check() throws PtyStartException, IOException, InterruptedException {
        PtyChild child = PtyChild.start(new PtyCommand(List.of("/bin/true"), Path.of("/"), Map.of(), 80, 24));
        byte[] ignored = new byte[64];
        while (child.read(ignored) >= 0) {
            // to its end
        }
        int status = child.awaitExit();
        child.close();
        return status;
    }
}

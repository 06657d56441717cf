package dev.agentctl.daemon;

import dev.agentctl.agent.Agent;
import dev.agentctl.wire.WholeFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The script that agents run as their hook, put where they can run it.
final class HookScript {
    private static final Logger LOG = LoggerFactory.getLogger(HookScript.class);

    private HookScript() {}

    /// Writes it into the state folder, where it is not there as it is to be, and returns where it is. A former one
    /// does where the disk takes no other: the agents must not stay out of reach for that.
    static Path install(Path folder) throws IOException {
        Path script = folder.resolve("hook");
        byte[] text = text();
        if (isThere(script, text)) {
            return script;
        }
        try {
            new WholeFile(script).writeProgram(text);
        } catch (IOException e) {
            if (!Files.isExecutable(script)) {
                throw e;
            }
            LOG.warn("{} stays as an older agentctl wrote it: {}", script, e.toString());
        }
        return script;
    }

    private static boolean isThere(Path script, byte[] text) {
        try {
            return Files.isExecutable(script) && Arrays.equals(Files.readAllBytes(script), text);
        } catch (IOException _) {
            return false;
        }
    }

    private static byte[] text() throws IOException {
        try (InputStream in = Agent.class.getResourceAsStream("hook")) {
            if (in == null) {
                throw new IOException("the hook script is missing from the jar");
            }
            return in.readAllBytes();
        }
    }
}

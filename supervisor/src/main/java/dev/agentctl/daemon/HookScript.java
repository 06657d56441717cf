package dev.agentctl.daemon;

import dev.agentctl.agent.Agent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/// The script that agents run as their hook, put where they can run it.
final class HookScript {
    private HookScript() {}

    /// Writes it into the state folder and returns where it is.
    static Path install(Path folder) throws IOException {
        Path script = folder.resolve("hook");
        Path next = folder.resolve("hook.new");
        try (InputStream in = Agent.class.getResourceAsStream("hook")) {
            if (in == null) {
                throw new IOException("the hook script is missing from the jar");
            }
            Files.copy(in, next, StandardCopyOption.REPLACE_EXISTING);
        }
        Files.setPosixFilePermissions(next, PosixFilePermissions.fromString("rwx------"));
        Files.move(next, script, StandardCopyOption.ATOMIC_MOVE);
        return script;
    }
}

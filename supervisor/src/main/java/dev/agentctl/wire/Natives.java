package dev.agentctl.wire;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A role's folder of native libraries.
///
/// Left to themselves the libraries that have such parts unpack them into the temporary folder, where a killed process
/// leaves them for ever and which may be mounted noexec.
public final class Natives {
    private static final Logger LOG = LoggerFactory.getLogger(Natives.class);
    /// Three times what they take.
    private static final long ROOM = 4 << 20;

    private Natives() {}

    /// Makes it, before any is loaded; what a killed process has left there is gone.
    ///
    /// @param role nobody else has that now
    /// @return empty where there is no room, and the temporary folder has to serve
    public static Optional<Path> begin(StateFolder state, String role) {
        Path folder = state.natives(role);
        try {
            FolderTree.delete(folder);
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            return Files.getFileStore(folder).getUsableSpace() < ROOM ? Optional.empty() : Optional.of(folder);
        } catch (IOException e) {
            LOG.warn("native libraries go to the temporary folder: {}", e.toString());
            return Optional.empty();
        }
    }
}

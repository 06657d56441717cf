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
    /// They take half of it.
    private static final long ROOM = 4 << 20;

    private Natives() {}

    /// For the role itself, before it loads any. What a killed one has left is gone.
    ///
    /// @return empty where there is no room, and the temporary folder has to serve
    public static Optional<Path> begin(StateFolder state, String role) {
        try {
            FolderTree.delete(state.natives(role));
        } catch (IOException e) {
            LOG.warn("former native libraries stay: {}", e.toString());
        }
        return share(state, role);
    }

    /// For one that looks whether it could be the next.
    public static Optional<Path> share(StateFolder state, String role) {
        Path folder = state.natives(role);
        try {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            return Files.getFileStore(folder).getUsableSpace() < ROOM ? Optional.empty() : Optional.of(folder);
        } catch (IOException e) {
            LOG.warn("native libraries go to the temporary folder: {}", e.toString());
            return Optional.empty();
        }
    }
}

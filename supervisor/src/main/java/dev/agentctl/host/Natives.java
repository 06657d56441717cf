package dev.agentctl.host;

import dev.agentctl.pty.NativeLibraries;
import dev.agentctl.wire.FolderTree;
import dev.agentctl.wire.StateFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The host's folder of native libraries. What a killed host left there is gone when the next one begins.
final class Natives {
    private static final Logger LOG = LoggerFactory.getLogger(Natives.class);
    /// They take a fifth of it.
    private static final long ROOM = 1 << 20;

    private Natives() {}

    /// For the host itself, before its first child; nobody else has one then.
    static void begin(StateFolder folder) {
        try {
            FolderTree.delete(folder.natives());
            share(folder);
        } catch (IOException e) {
            LOG.warn("native libraries are unpacked into the temporary folder: {}", e.toString());
        }
    }

    /// For one that looks whether it could be the next.
    static void share(StateFolder folder) throws IOException {
        Path natives = folder.natives();
        Files.createDirectories(
                natives, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        if (Files.getFileStore(natives).getUsableSpace() >= ROOM) {
            NativeLibraries.unpackInto(natives);
        }
    }
}

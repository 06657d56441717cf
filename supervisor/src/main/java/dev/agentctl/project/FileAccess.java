package dev.agentctl.project;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// Who else may read or change a file. Symbolic links are followed: what counts is the file that is read.
///
/// @param mode the permission bits
/// @param owner user id of the file's owner
/// @param self our own user id
record FileAccess(int mode, long owner, long self) {
    private static final int WRITABLE_BY_OTHERS = 0022;
    private static final int USABLE_BY_OTHERS = 0077;
    private static final long ROOT = 0;

    /// Looks at `file`; empty where the file system keeps no owners and permissions.
    static Optional<FileAccess> of(Path file) throws IOException {
        if (!file.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            return Optional.empty();
        }
        Map<String, Object> seen = Files.readAttributes(file, "unix:mode,uid");
        return seen.get("mode") instanceof Integer mode && seen.get("uid") instanceof Integer uid
                ? Optional.of(new FileAccess(mode, Integer.toUnsignedLong(uid), new UnixSystem().getUid()))
                : Optional.empty();
    }

    /// Why the content cannot be trusted: someone else may have written it.
    Optional<String> unsafe(Path file) {
        if (owner != self && owner != ROOT) {
            return Optional.of(file + " belongs to another user (uid " + owner + "); run: chown " + self + " " + file);
        }
        return (mode & WRITABLE_BY_OTHERS) == 0
                ? Optional.empty()
                : Optional.of(file + " can be changed by other users; run: chmod go-w " + file);
    }

    /// Why the content is no secret: others may read or change it.
    Optional<String> exposed(Path file) {
        return unsafe(file)
                .or(() -> (mode & USABLE_BY_OTHERS) == 0
                        ? Optional.empty()
                        : Optional.of(file + " holds a secret and can be read by other users; run: chmod 600 " + file));
    }
}

package dev.agentctl.wire;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/// A file for our user alone that is seen as it was or as it is to be, never a part of it: it is written beside its
/// place and moved there. What could not be written leaves nothing, as far as the disk allows; what it does leave is
/// removed by the next who writes it. It is not forced to the disk: whoever reads it after a power loss must be able to
/// do without it.
public record WholeFile(Path path) {
    private static final Set<PosixFilePermission> DATA = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> PROGRAM = PosixFilePermissions.fromString("rwx------");

    public void write(String text) throws IOException {
        write(text.getBytes(StandardCharsets.UTF_8));
    }

    public void write(byte[] content) throws IOException {
        write(content, DATA);
    }

    /// One that can be run.
    public void writeProgram(byte[] content) throws IOException {
        write(content, PROGRAM);
    }

    private void write(byte[] content, Set<PosixFilePermission> mode) throws IOException {
        Path next = path.resolveSibling(path.getFileName() + ".new");
        try {
            Files.deleteIfExists(next);
            // fails where somebody has put a link there meanwhile
            Files.createFile(next, PosixFilePermissions.asFileAttribute(mode));
            Files.write(next, content, StandardOpenOption.WRITE);
            Files.move(next, path, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            remove(next, e);
            throw e;
        }
    }

    private static void remove(Path next, IOException failure) {
        try {
            Files.deleteIfExists(next);
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }
}

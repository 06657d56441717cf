package dev.agentctl.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/// A folder with all that is in it.
public final class FolderTree {
    private FolderTree() {}

    /// Removes it; links in it are removed, not followed. Call when nothing runs in it any more.
    ///
    /// @throws IOException if something is still there
    public static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        } catch (NoSuchFileException _) {
            // gone already
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}

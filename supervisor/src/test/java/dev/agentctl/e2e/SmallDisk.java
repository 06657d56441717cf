package dev.agentctl.e2e;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// A disk of 64 MB in the place of a folder, which can be full.
final class SmallDisk implements AutoCloseable {
    private final Path folder;

    private SmallDisk(Path folder) {
        this.folder = folder;
    }

    /// Mounts it; empty where that is not ours to do.
    static Optional<SmallDisk> at(Path folder) throws IOException, InterruptedException {
        boolean mounted =
                run("mount", "-t", "tmpfs", "-o", "size=64m,mode=700", "agentctl-test", folder.toString()) == 0;
        return mounted ? Optional.of(new SmallDisk(folder)) : Optional.empty();
    }

    private static int run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    private Path filling() {
        return folder.resolve("filling");
    }

    void fill() throws IOException {
        byte[] piece = new byte[4 << 10];
        try (OutputStream out = Files.newOutputStream(filling())) {
            while (true) {
                out.write(piece);
            }
        } catch (IOException full) {
            // as it is to be
        }
    }

    void free() throws IOException {
        Files.deleteIfExists(filling());
    }

    @Override
    public void close() throws IOException {
        try {
            var _ = run("umount", "--lazy", folder.toString());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}

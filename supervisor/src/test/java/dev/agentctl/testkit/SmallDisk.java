package dev.agentctl.testkit;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// A disk in the place of a folder, which can be full.
public final class SmallDisk implements AutoCloseable {
    private final Path folder;

    private SmallDisk(Path folder) {
        this.folder = folder;
    }

    /// Mounts it; empty where that is not ours to do.
    ///
    /// @param size as mount(8) has it, such as 64m
    public static Optional<SmallDisk> at(Path folder, String size) throws IOException, InterruptedException {
        String options = "mode=700,size=" + size;
        boolean mounted = run("mount", "-t", "tmpfs", "-o", options, "agentctl-test", folder.toString()) == 0;
        return mounted ? Optional.of(new SmallDisk(folder)) : Optional.empty();
    }

    /// Runs a command that says nothing of use; its exit status.
    public static int run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    private Path filling() {
        return folder.resolve("filling");
    }

    /// Lets it take no more, or again.
    public void remount(boolean readOnly) throws IOException, InterruptedException {
        int status = run("mount", "-o", readOnly ? "remount,ro" : "remount,rw", folder.toString());
        if (status != 0) {
            throw new IOException("cannot mount " + folder + " again");
        }
    }

    public void fill() throws IOException {
        byte[] piece = new byte[4 << 10];
        try (OutputStream out = Files.newOutputStream(filling())) {
            while (true) {
                out.write(piece);
            }
        } catch (IOException full) {
            // as it is to be
        }
    }

    public void free() throws IOException {
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

package dev.agentctl.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Where a command's output goes. It remembers that something could not be written, which a [java.io.PrintStream]
/// keeps to itself: a file that is cut short by a full disk is not what was asked for.
final class StandardOutput extends OutputStream {
    private final OutputStream to;
    private final Path link;
    private volatile @Nullable IOException failure;

    /// @param link names what is written to, as the kernel does
    StandardOutput(OutputStream to, Path link) {
        this.to = to;
        this.link = link;
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
        try {
            to.write(bytes, from, count);
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }

    /// What went wrong. A reader that has left, as head(1) does, wants no more: that is no failure.
    Optional<String> complaint() {
        IOException e = failure;
        return e == null || isRead() ? Optional.empty() : Optional.of("standard output: " + e.getMessage());
    }

    private boolean isRead() {
        try {
            String target = Files.readSymbolicLink(link).toString();
            return target.startsWith("pipe:") || target.startsWith("socket:");
        } catch (IOException _) {
            return false;
        }
    }
}

package dev.agentctl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StandardOutputTest {
    @TempDir
    private Path folder;

    @Test
    void aFullDiskIsTold() throws IOException {
        try (OutputStream full = new FileOutputStream("/dev/full")) {
            StandardOutput written = new StandardOutput(full, Path.of("/dev/full"));

            new PrintStream(written, true, StandardCharsets.UTF_8).println("text");

            assertThat(written.complaint()).contains("standard output: No space left on device");
        }
    }

    @Test
    void aReaderThatHasLeftIsNoFailure() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("1"), Path.of("pipe:[4711]"));
        StandardOutput written = new StandardOutput(
                new OutputStream() {
                    @Override
                    public void write(int one) throws IOException {
                        throw new IOException("Broken pipe");
                    }
                },
                link);

        new PrintStream(written, true, StandardCharsets.UTF_8).println("text");

        assertThat(written.complaint()).isEmpty();
    }
}

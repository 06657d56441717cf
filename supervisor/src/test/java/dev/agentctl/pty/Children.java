package dev.agentctl.pty;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Starts children for the tests of terminals.
final class Children {
    private Children() {}

    static PtyChild start(Path directory, String... argv) throws PtyStartException {
        return PtyChild.start(new PtyCommand(List.of(argv), directory, Map.of("PATH", "/usr/bin:/bin"), 80, 24));
    }

    static PtyChild script(Path directory, String script) throws PtyStartException {
        return start(directory, "/bin/sh", "-c", script);
    }

    /// All that it prints until nobody holds its terminal any more; the terminal is freed.
    static String output(PtyChild child) throws IOException, InterruptedException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] buffer = new byte[4 << 10];
        for (int count = child.read(buffer); count >= 0; count = child.read(buffer)) {
            all.write(buffer, 0, count);
        }
        child.close();
        return all.toString(StandardCharsets.UTF_8);
    }

    /// Reads until the text was printed.
    static String readUntil(PtyChild child, String text) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] buffer = new byte[4 << 10];
        while (!all.toString(StandardCharsets.UTF_8).contains(text)) {
            int count = child.read(buffer);
            if (count < 0) {
                throw new IOException("it ended after '" + all.toString(StandardCharsets.UTF_8) + "'");
            }
            all.write(buffer, 0, count);
        }
        return all.toString(StandardCharsets.UTF_8);
    }
}

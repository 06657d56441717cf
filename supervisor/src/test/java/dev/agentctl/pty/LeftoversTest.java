package dev.agentctl.pty;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class LeftoversTest {
    /// Of a process that may open no more files, "none" would leave an orphan beside the next child.
    @Test
    void whoMayOpenNoMoreFilesDoesNotTakeProcessesForGone() throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                "/bin/sh",
                "-c",
                "ulimit -n 64; exec \"$@\"",
                "sh",
                Path.of(Objects.requireNonNull(System.getProperty("java.home")), "bin", "java")
                        .toString(),
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                Objects.requireNonNull(System.getProperty("java.class.path")),
                FullProcess.class.getName(),
                "x");
        Process orphan = marked(new ProcessBuilder("sleep", "1000")).start();
        try {
            Process process =
                    builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
            List<String> lines = new String(process.getInputStream().readAllBytes(), UTF_8)
                    .lines()
                    .toList();
            assertThat(process.waitFor()).isZero();
            assertThat(lines).hasSize(5);
            assertThat(lines.getFirst()).isEqualTo("found 1");
            assertThat(lines.get(1)).startsWith("unseen: cannot look at this machine's processes");
            assertThat(lines.get(2)).startsWith("unread: cannot look at this machine's processes");
            assertThat(lines.get(3))
                    .as("one that is gone, as far as can be told")
                    .isNotEqualTo("read true");
            assertThat(lines.getLast()).isEqualTo("found 1");
        } finally {
            orphan.destroyForcibly();
        }
    }

    private static ProcessBuilder marked(ProcessBuilder builder) {
        builder.environment().put("FULL_PROCESS", "x");
        return builder;
    }
}

package dev.agentctl.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class OpenFilesTest {
    @TempDir
    Path folder;

    /// As in a sandbox, where the child is the wall around the agent.
    @Test
    void whatAGrandchildHasOpenIsFound() throws IOException {
        Path own = folder.resolve("own");
        Path its = folder.resolve("its");
        Process child = new ProcessBuilder(
                        "bash",
                        "-c",
                        "exec 8>\"$0\"; bash -c 'exec 9>\"$0\"; echo ready; read -r' \"$1\"; :",
                        own.toString(),
                        its.toString())
                .start();
        try {
            assertThat(child.inputReader(StandardCharsets.UTF_8).readLine()).isEqualTo("ready");
            assertThat(new OpenFiles(Path.of("/proc")).of(child.pid())).contains(own, its);
        } finally {
            child.descendants().forEach(ProcessHandle::destroyForcibly);
            child.destroyForcibly();
        }
        assertThat(new OpenFiles(Path.of("/proc")).of(-1)).isEmpty();
    }
}

package dev.agentctl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A finished run of one of the project's scripts.
record ScriptRun(int code, String out, String err) {
    /// The project's folder `scripts`; tests run in their module's folder.
    static final Path SCRIPTS = Path.of("..", "scripts").toAbsolutePath().normalize();

    /// The program `java` that runs this test.
    static final Path JAVA = Path.of(ProcessHandle.current().info().command().orElseThrow());

    /// Runs a command with nothing but the given environment, and waits for its end.
    static ScriptRun of(Path folder, Map<String, String> environment, List<String> command)
            throws IOException, InterruptedException {
        Path out = Files.createTempFile("script", ".out");
        Path err = Files.createTempFile("script", ".err");
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().clear();
            builder.environment().putAll(environment);
            Process process = builder.start();
            process.getOutputStream().close();
            try {
                assertThat(process.waitFor(2, TimeUnit.MINUTES))
                        .as("%s ended", command)
                        .isTrue();
                return new ScriptRun(process.exitValue(), Files.readString(out), Files.readString(err));
            } finally {
                process.destroyForcibly();
            }
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }
}

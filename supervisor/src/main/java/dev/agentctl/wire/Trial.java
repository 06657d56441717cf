package dev.agentctl.wire;

import dev.agentctl.posix.TimeSlice;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// A role's new program, asked in a process of its own whether it could take over, while the old one works on.
final class Trial {
    private static final long PATIENCE_SECONDS = 60;

    private Trial() {}

    /// Why it could not, in one line; empty when it could.
    static Optional<String> run(List<String> command, Path handOver) throws InterruptedException {
        try {
            ProcessBuilder builder = new ProcessBuilder(HandOver.checkCommand(command, handOver))
                    .redirectErrorStream(true)
                    .redirectInput(Path.of("/dev/null").toFile());
            Process process = TimeSlice.withUsual(builder::start);
            CompletableFuture<String> words = new CompletableFuture<>();
            // not in the common pool: it has one thread on two processors, and the ends of waits and processes need it
            Thread.ofPlatform().daemon().name("trial").start(() -> words.complete(read(process)));
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return Optional.of("it does not answer within " + PATIENCE_SECONDS + " s");
            }
            return process.exitValue() == 0
                    ? Optional.empty()
                    : Optional.of(lastLine(words.join(), process.exitValue()));
        } catch (IOException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private static String read(Process process) {
        try {
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static String lastLine(String words, int status) {
        return words.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .reduce((_, last) -> last)
                .orElse("it ends with status " + status);
    }
}

package dev.agentctl.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What a new program says to whether it could take over.
@Timeout(120)
class TrialTest {
    @TempDir
    Path folder;

    private Optional<String> run(String script) throws InterruptedException {
        return Trial.run(List.of("/bin/sh", "-c", script), folder.resolve("state"));
    }

    @Test
    void itsLastLineIsTheReasonWhyNot() throws InterruptedException {
        assertThat(run("exit 0")).isEmpty();
        assertThat(run("echo first; echo why not >&2; exit 3")).contains("why not");
        assertThat(run("exit 3")).contains("it ends with status 3");
    }

    /// The common pool, which has one thread on two processors, is what the ends of waits and of processes need.
    @Test
    void whileTheyRunTheCommonPoolIsFree()
            throws ExecutionException, IOException, InterruptedException, TimeoutException {
        Path end = folder.resolve("end");
        List<CompletableFuture<Optional<String>>> answers = new ArrayList<>();
        for (int i = 0; i < ForkJoinPool.getCommonPoolParallelism(); i++) {
            Path begun = folder.resolve("begun" + i);
            String script = "touch " + begun + "; while [ ! -e " + end + " ]; do sleep 0.1; done";
            answers.add(inThread(script));
            await(begun);
        }
        CompletableFuture.runAsync(() -> {}).get(30, TimeUnit.SECONDS);
        Files.createFile(end);
        for (CompletableFuture<Optional<String>> answer : answers) {
            assertThat(answer.get(60, TimeUnit.SECONDS)).isEmpty();
        }
    }

    private CompletableFuture<Optional<String>> inThread(String script) {
        CompletableFuture<Optional<String>> answer = new CompletableFuture<>();
        Thread.ofPlatform().daemon().start(() -> {
            try {
                answer.complete(run(script));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                answer.completeExceptionally(e);
            }
        });
        return answer;
    }

    private void await(Path file) throws IOException, InterruptedException {
        try (WatchService watch = file.getFileSystem().newWatchService()) {
            var _ = folder.register(watch, StandardWatchEventKinds.ENTRY_CREATE);
            while (Files.notExists(file)) {
                WatchKey key = watch.poll(1, TimeUnit.SECONDS);
                if (key != null) {
                    key.pollEvents();
                    key.reset();
                }
            }
        }
    }
}

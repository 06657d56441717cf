package dev.agentctl.pty;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Sessions that come and go beside others that stay.
@Timeout(120)
class PtyChurnTest {
    private static final int STAYING = 8;
    private static final int CHURNERS = 4;
    private static final int ROUNDS = 30;

    @TempDir
    Path temporary;

    /// pty4j's close lets its reaper write into a descriptor that may be another session's by then (issue 181): 21
    /// live sessions were lost in a minute of this.
    @Test
    void aCloseDoesNotEndTheReadOfAnotherSession()
            throws IOException, InterruptedException, PtyStartException, ExecutionException {
        List<PtyChild> staying = new ArrayList<>();
        long descriptors;
        try (ExecutorService threads =
                Executors.newCachedThreadPool(Thread.ofPlatform().factory())) {
            churn(threads, 2);
            descriptors = descriptors();
            for (int i = 0; i < STAYING; i++) {
                staying.add(Children.script(temporary, "while read line; do echo got:$line; done"));
            }
            List<Future<Integer>> readers = new ArrayList<>();
            for (PtyChild child : staying) {
                readers.add(threads.submit(echo(child)));
            }
            churn(threads, ROUNDS);
            for (PtyChild child : staying) {
                assertThat(child.write("end\r".getBytes(StandardCharsets.UTF_8), Duration.ofSeconds(20)))
                        .isEqualTo(4);
            }
            for (Future<Integer> reader : readers) {
                reader.get();
            }
        }
        for (PtyChild child : staying) {
            child.signal(Signal.KILL);
            Children.output(child);
        }
        assertThat(descriptors()).isLessThanOrEqualTo(descriptors + 4);
    }

    private static Callable<Integer> echo(PtyChild child) {
        return () -> {
            return Children.readUntil(child, "got:end").length();
        };
    }

    private void churn(ExecutorService threads, int rounds) throws InterruptedException, ExecutionException {
        List<Future<Integer>> churners = new ArrayList<>();
        for (int i = 0; i < CHURNERS; i++) {
            churners.add(threads.submit(() -> {
                for (int round = 0; round < rounds; round++) {
                    assertThat(Children.output(Children.script(temporary, "echo " + round)))
                            .isEqualTo(round + "\r\n");
                }
                return rounds;
            }));
        }
        for (Future<Integer> churner : churners) {
            churner.get();
        }
    }

    private static long descriptors() throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.count();
        }
    }
}

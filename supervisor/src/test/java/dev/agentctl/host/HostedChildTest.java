package dev.agentctl.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentctl.pty.Leftovers;
import dev.agentctl.pty.PtyCommand;
import dev.agentctl.pty.PtyStartException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class HostedChildTest {
    private static final String VARIABLE = "AGENTCTL_HOSTED_CHILD_TEST";
    private static final Executor EXHAUSTED = _ -> {
        throw new OutOfMemoryError("unable to create native thread");
    };

    @TempDir
    Path temporary;

    @Test
    void aChildThatNobodyCanReadIsEnded() throws PtyStartException {
        PtyCommand command = new PtyCommand(
                List.of("/bin/sleep", "1000"), temporary, Map.of(VARIABLE, temporary.toString()), 80, 24);
        CompletableFuture<Integer> end = new CompletableFuture<>();
        try (LogStore store = new LogStore(ByteLogTest.SMALL, Instant::now);
                ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor()) {
            ByteLog log = store.open(temporary);
            TimeLine times = new TimeLine(temporary.resolve("times"));
            HostedChild child = HostedChild.start(1, command, log, times, writers, _ -> {});
            child.begin(EXHAUSTED, end::complete);
            assertThat(end.orTimeout(30, TimeUnit.SECONDS).join()).isEqualTo(128 + 9);
        }
        assertThat(Leftovers.find(VARIABLE, temporary.toString())).isEmpty();
    }
}

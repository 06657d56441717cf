package dev.agentctl.posix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.agentctl.pty.PtyChild;
import dev.agentctl.pty.PtyCommand;
import dev.agentctl.pty.PtyStartException;
import dev.agentctl.pty.Signal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TimeSliceTest {
    @Test
    void isInheritedByThreads() {
        assertThat(onThreadOfItsOwn(() -> {
                    long former = TimeSlice.set(TimeSlice.SHORT);
                    assumeTrue(TimeSlice.set(TimeSlice.SHORT) == TimeSlice.SHORT, "needs Linux 6.12");
                    long inherited = onThreadOfItsOwn(() -> TimeSlice.set(TimeSlice.USUAL));
                    return List.of(former == TimeSlice.SHORT, inherited == TimeSlice.SHORT);
                }))
                .containsExactly(false, true);
    }

    /// An agent with it would be served before everything else on the machine.
    @Test
    void isNotInheritedByChildren() {
        long ofChild = onThreadOfItsOwn(() -> {
            TimeSlice.set(TimeSlice.SHORT);
            try {
                PtyChild child = PtyChild.start(
                        new PtyCommand(List.of("sleep", "60"), Path.of("/"), Map.of("PATH", "/usr/bin:/bin"), 80, 24));
                long slice = TimeSlice.of(Math.toIntExact(child.pid()));
                child.signal(Signal.KILL);
                child.close();
                return slice;
            } catch (PtyStartException | InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        assertThat(ofChild).isNotEqualTo(TimeSlice.SHORT);
    }

    private static <T> T onThreadOfItsOwn(Supplier<T> work) {
        CompletableFuture<T> done = new CompletableFuture<>();
        Thread.ofPlatform().start(() -> {
            try {
                done.complete(work.get());
            } catch (Throwable e) {
                done.completeExceptionally(e);
            }
        });
        return done.join();
    }
}

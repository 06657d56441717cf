package dev.agentctl.posix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.agentctl.pty.PtyChild;
import dev.agentctl.pty.PtyCommand;
import dev.agentctl.pty.PtyStartException;
import dev.agentctl.pty.Signal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TimeSliceTest {
    @BeforeEach
    void needsLinuxSince612() {
        assumeTrue(onThreadOfItsOwn(TimeSliceTest::isShortened), "needs Linux 6.12");
    }

    private static boolean isShortened() {
        TimeSlice.set(TimeSlice.SHORT);
        return TimeSlice.set(TimeSlice.SHORT) == TimeSlice.SHORT;
    }

    @Test
    void isInheritedByThreadsAndGivenBackAfterAStart() {
        assertThat(onThreadOfItsOwn(() -> {
                    boolean before = TimeSlice.set(TimeSlice.SHORT) == TimeSlice.SHORT;
                    boolean inherited = onThreadOfItsOwn(() -> TimeSlice.set(TimeSlice.USUAL)) == TimeSlice.SHORT;
                    boolean within = TimeSlice.withUsual(() -> TimeSlice.set(TimeSlice.USUAL)) == TimeSlice.SHORT;
                    boolean after = TimeSlice.set(TimeSlice.USUAL) == TimeSlice.SHORT;
                    return List.of(before, inherited, within, after);
                }))
                .containsExactly(false, true, false, true);
    }

    /// An agent with it would be served before everything else on the machine.
    @Test
    void isNotInheritedByChildren() {
        // one for each thread that is kept, and one for a thread that must be new
        List<Long> slices = onThreadOfItsOwn(() -> {
            TimeSlice.set(TimeSlice.SHORT);
            List<PtyChild> children = new ArrayList<>();
            int threads = Thread.activeCount();
            for (int i = 0; i <= threads; i++) {
                children.add(sleeping());
            }
            return children.stream().map(TimeSliceTest::sliceOfEnded).toList();
        });
        assertThat(slices).isNotEmpty().doesNotContain(TimeSlice.SHORT);
    }

    private static PtyChild sleeping() {
        try {
            return PtyChild.start(
                    new PtyCommand(List.of("sleep", "60"), Path.of("/"), Map.of("PATH", "/usr/bin:/bin"), 80, 24));
        } catch (PtyStartException e) {
            throw new AssertionError(e);
        }
    }

    private static long sliceOfEnded(PtyChild child) {
        long slice = TimeSlice.of(Math.toIntExact(child.pid()));
        child.signal(Signal.KILL);
        try {
            child.close();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return slice;
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

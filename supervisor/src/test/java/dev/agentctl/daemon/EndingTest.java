package dev.agentctl.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentctl.control.ControlReply;
import dev.agentctl.control.ControlReply.Outcome;
import dev.agentctl.control.ExitCode;
import dev.agentctl.session.Desired;
import dev.agentctl.session.SessionState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Orders that cross one another, with a child that does not end before its time, which is an hour.
@Timeout(120)
final class EndingTest {
    private static final String STUBBORN = "trap '' TERM HUP; echo ready; while read -r line; do :; done";

    @TempDir
    private Path temporary;

    private SupervisedScript script;
    private Orders orders;
    private final Ending ending = new Ending();
    private final AtomicInteger hostEnds = new AtomicInteger();

    @BeforeEach
    void start() throws IOException, InterruptedException {
        script = new SupervisedScript(temporary, STUBBORN, "1h", "on-failure");
        orders = new Orders(script.sessions, ending::stopsAll);
        assertThat(soon(orders.start(script.session, false)).code()).isEqualTo(ExitCode.OK);
        soon(script.session.whenShown("ready"));
    }

    @AfterEach
    void close() {
        script.close();
    }

    @Test
    void askedASecondTimeItKillsWhatHasNotEnded() throws InterruptedException {
        CompletableFuture<ControlReply> first = down(false);
        awaitStopping();
        assertThat(soon(down(true)))
                .isInstanceOfSatisfying(
                        ControlReply.Refused.class,
                        refused -> assertThat(refused.code()).isEqualTo(ExitCode.CONFLICT));

        assertThat(soon(orders.restart(script.session)).code()).isEqualTo(ExitCode.CONFLICT);

        CompletableFuture<ControlReply> second = down(false);

        assertThat(soon(second))
                .isEqualTo(soon(first))
                .isInstanceOfSatisfying(
                        ControlReply.Outcomes.class,
                        reply -> assertThat(reply.outcomes())
                                .extracting(Outcome::message)
                                .containsExactly("killed", "stopped"));
        assertThat(hostEnds).hasValue(1);
        ending.await();
    }

    @Test
    void aSignalMeanwhileKillsToo() {
        ending.hasten();
        CompletableFuture<ControlReply> down = down(false);
        awaitStopping();

        ending.hasten();

        soon(down);
        assertThat(script.session.view().state()).isInstanceOf(SessionState.Stopped.class);
    }

    @Test
    void whatWaitsToBeStartedAgainIsStoppedToo() {
        soon(script.session.press(new byte[] {3}));
        var _ = soon(script.session.when(view -> view.state() instanceof SessionState.Backoff));

        var _ = down(false);
        // where it was started again in the meantime, it would not end by itself
        soon(down(false));

        assertThat(script.session.view().state()).isInstanceOf(SessionState.Stopped.class);
        assertThat(script.session.view().model().desired()).isEqualTo(Desired.UP);
    }

    @Test
    void aStopThatSomebodyTakesBackSaysSo() {
        CompletableFuture<Outcome> stop = orders.stop(script.session);
        awaitStopping();
        assertThat(script.session.evidence()).matches("asked to end, killed at [0-9:]{8} if it has not");
        CompletableFuture<Outcome> start = orders.start(script.session, false);
        script.sessions.hasten(script.session);

        assertThat(soon(start).code()).isEqualTo(ExitCode.OK);
        assertThat(soon(stop))
                .isEqualTo(new Outcome("a", ExitCode.CONFLICT, "somebody else has started it again meanwhile"));
    }

    @Test
    void aStartThatSomebodyTakesBackSaysSo() {
        CompletableFuture<Outcome> restart = orders.restart(script.session);
        CompletableFuture<Outcome> stop = orders.stop(script.session);
        script.sessions.hasten(script.session);

        assertThat(soon(stop).message()).isEqualTo("stopped");
        assertThat(soon(restart))
                .isEqualTo(new Outcome("a", ExitCode.CONFLICT, "somebody else has stopped it meanwhile"));
    }

    @Test
    void noNewConversationIsClaimedWhereTheOldOneRuns() {
        assertThat(soon(orders.start(script.session, true)).code()).isEqualTo(ExitCode.CONFLICT);
    }

    private CompletableFuture<ControlReply> down(boolean keepAgents) {
        return CompletableFuture.supplyAsync(
                () -> ending.begin(script.sessions, hostEnds::incrementAndGet, keepAgents));
    }

    private void awaitStopping() {
        soon(script.session.when(view -> view.state() instanceof SessionState.Stopping));
    }

    private static <T> T soon(CompletableFuture<T> future) {
        return future.orTimeout(50, TimeUnit.SECONDS).join();
    }
}

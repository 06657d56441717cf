package dev.agentctl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentctl.control.ControlRequest;
import dev.agentctl.pty.PtyStartException;
import dev.agentctl.pty.Signal;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What an attached terminal outlives, and what ends it.
@Timeout(120)
class AttachEndTest {
    @AutoClose
    private final AttachUnderTest test;

    AttachEndTest(@TempDir Path temporary) throws IOException, InterruptedException {
        test = new AttachUnderTest(temporary);
    }

    @Test
    void itStaysThroughARestartAndLeavesASessionAtRest() throws IOException, InterruptedException, PtyStartException {
        test.host.spawn("a", "echo first; read line; exit 7");
        try (PtyRun run = PtyRun.start(test.folder, 80, 24, "attach", "a")) {
            run.awaitScreen("first");
            test.state = "backoff";
            run.type("\r");
            test.host.awaitEnd();
            test.host.spawn("a", "printf '\\033[?1049h'; echo second; read line; exit 3");
            run.awaitScreen("second");
            test.state = "exited";
            run.type("\r");
            assertThat(run.awaitExit()).isZero();
            assertThat(run.screen())
                    .contains("[a has ended with status 3, state: exited; start it with: agentctl start a]");
        }
    }

    @Test
    void withoutASupervisorTheLogIsEnough() throws IOException, InterruptedException, PtyStartException {
        test.host.spawn("a", "echo before; read line; echo got:$line");
        test.supervisor.close();
        try (PtyRun run = PtyRun.start(test.folder, 80, 24, "attach", "a")) {
            run.awaitScreen("[attached to a without a supervisor; Ctrl-\\ detaches]");
            run.awaitScreen("before");
            run.type("hi\r");
            assertThat(run.awaitExit()).isZero();
            assertThat(run.screen())
                    .contains("got:hi")
                    .contains("[a has ended with status 0; no supervisor is there to start it again]");
        }
    }

    @Test
    void aSupervisorThatEndsMeanwhileIsNotMissed() throws IOException, InterruptedException, PtyStartException {
        test.host.spawn("a", "echo before; read line; echo got:$line; sleep 100");
        try (PtyRun run = PtyRun.start(test.folder, 80, 24, "attach", "a")) {
            run.awaitNoLongerOnScreen("detaches");
            run.awaitScreen("before");
            test.supervisor.close();
            run.type("hi\r");
            run.awaitScreen("got:hi");
            run.type("\u001c");
            assertThat(run.awaitExit()).isZero();
        }
    }

    @Test
    void anEndThatThePictureLeftOutIsNotMissed() throws IOException, InterruptedException, PtyStartException {
        test.host.spawn("a", "echo gone; exit 3");
        test.host.awaitEnd();
        test.supervisor.answer(request -> {
            if (request instanceof ControlRequest.Redraw) {
                test.state = "exited";
            }
            return test.answer(request);
        });
        try (PtyRun run = PtyRun.start(test.folder, 80, 24, "attach", "a")) {
            run.awaitScreen("[a has ended with status 3, state: exited; start it with: agentctl start a]");
            assertThat(run.awaitExit()).isZero();
        }
    }

    @Test
    void aHostThatDiesLeavesTheTerminalInOrder() throws IOException, InterruptedException, PtyStartException {
        test.host.spawn("a", "printf '\\033[?2004hready'; sleep 100");
        try (PtyRun run = PtyRun.start(test.folder, 80, 24, "attach", "a")) {
            run.awaitScreen("ready");
            test.host.close();
            assertThat(run.awaitExit()).isEqualTo(5);
            assertThat(run.screen()).contains("agentctl: the host has gone away");
            assertThat(run.bracketedPaste()).isFalse();
        }
    }

    @Test
    void aWindowThatClosesEndsIt() throws IOException, InterruptedException, PtyStartException {
        test.host.spawn("a", "echo ready; read line; echo got:$line; sleep 100");
        try (PtyRun run = PtyRun.start(test.folder, 80, 24, "attach", "a")) {
            run.awaitScreen("ready");
            run.signal(Signal.HANGUP);
            assertThat(run.awaitExit()).isEqualTo(129);
        }
        test.host.type("a", "alive\r");
        try (PtyRun again = PtyRun.start(test.folder, 80, 24, "attach", "a")) {
            again.awaitScreen("got:alive");
        }
    }

    @Test
    void aKillPutsTheTerminalInOrderToo() throws IOException, InterruptedException, PtyStartException {
        test.host.spawn("a", "printf '\\033[?1049h\\033[?2004hready'; read line");
        try (PtyRun run = PtyRun.start(test.folder, 80, 24, "attach", "a")) {
            run.awaitScreen("ready");
            run.signal(Signal.TERMINATE);
            assertThat(run.awaitExit()).isEqualTo(143);
            assertThat(run.bracketedPaste()).isFalse();
        }
    }
}

package dev.agentctl.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentctl.control.SessionReport;
import dev.agentctl.host.HostClient;
import dev.agentctl.host.HostReader;
import dev.agentctl.host.HostRequest;
import dev.agentctl.host.LogItem;
import dev.agentctl.pty.Signal;
import dev.agentctl.testkit.Cli;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A real CLI that stands still in the middle of its work; and the supervisor, which is nobody's fault.
@Timeout(600)
class StuckEndToEndTest extends EndToEnd {

    /// By a debugger or a machine that had no time for it, longer than an agent may be silent.
    @Test
    void aSupervisorThatStoodStillTakesNobodyForStuck() throws IOException, InterruptedException {
        Path folder = home.project("a");
        product.configure(Optional.of(telegram), """
                  - {name: a, directory: %s, agent: command, executable: sh, busy: tick, stuck_after: 5s,
                     args: ["-c", "while :; do echo tick; sleep 0.1; done"]}
                """.formatted(folder));
        product.up();
        SessionReport before = product.awaitState("a", "working");
        long supervisor = Invariants.pid(product.folder().supervisorLock());
        assertThat(Signal.STOP.send(supervisor)).isTrue();
        awaitTicks(90);
        assertThat(Signal.CONTINUE.send(supervisor)).isTrue();
        awaitTicks(30);
        SessionReport after = product.awaitState("a", "working");
        assertThat(after.pid()).isEqualTo(before.pid());
        assertThat(after.restarts()).isZero();
        assertThat(telegram.fromBot()).noneMatch(message -> message.text().contains("stuck"));
    }

    /// So many more of them; they come ten times a second whatever the supervisor does.
    private void awaitTicks(int more) throws IOException {
        HostRequest.Read fromNow = new HostRequest.Read("a", -1, -1, true);
        try (HostReader reader = HostClient.read(product.folder().hostSocket(), fromNow)) {
            for (int left = more * "tick\r\n".length(); left > 0; ) {
                left -= reader.next().orElseThrow() instanceof LogItem.Bytes(long _, byte[] bytes) ? bytes.length : 0;
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Cli.class)
    void oneThatStandsStillIsStuckUntilItGoesOn(Cli cli) throws IOException, InterruptedException {
        start(cli, "stuck_after: 8s");
        product.send("a", "GATE held and count the plums");
        model.awaitHeld("held", SOON);
        SessionReport working = product.awaitState("a", "working");
        assertThat(Signal.STOP.send(working.pid())).isTrue();
        SessionReport stuck = product.awaitState("a", "stuck");
        assertThat(stuck.evidence()).startsWith("no sign of life since");
        hear("seems stuck");
        assertThat(Signal.CONTINUE.send(working.pid())).isTrue();
        product.awaitState("a", "working");
        model.open("held");
        hear("plums");
        product.awaitState("a", "idle");
        assertThat(telegram.fromBot().stream().filter(message -> message.text().contains("seems stuck")))
                .hasSize(1);
    }
}

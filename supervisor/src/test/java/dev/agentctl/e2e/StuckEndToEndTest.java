package dev.agentctl.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentctl.control.SessionReport;
import dev.agentctl.pty.Signal;
import java.io.IOException;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A real CLI that stands still in the middle of its work.
@Timeout(240)
class StuckEndToEndTest extends EndToEnd {

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

package dev.agentctl.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentctl.control.SessionReport;
import dev.agentctl.pty.Signal;
import dev.agentctl.testkit.AgentHome;
import dev.agentctl.testkit.ScriptedModel;
import dev.agentctl.testkit.telegram.ChatMessage;
import dev.agentctl.testkit.telegram.TelegramStandIn;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A real CLI that stands still in the middle of its work.
@Timeout(240)
class StuckEndToEndTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    private ScriptedModel model;
    private TelegramStandIn telegram;
    private AgentHome home;
    private Product product;

    @BeforeEach
    void make() throws IOException {
        model = ScriptedModel.start();
        telegram = TelegramStandIn.start();
        home = AgentHome.create(model);
        product = new Product(home);
    }

    @AfterEach
    void end() throws IOException {
        product.close();
        home.close();
        telegram.close();
        model.close();
    }

    private ChatMessage hear(String words) {
        return telegram.awaitMessage(
                message -> message.fromBot() && message.text().contains(words), SOON);
    }

    @ParameterizedTest
    @EnumSource(Cli.class)
    void oneThatStandsStillIsStuckUntilItGoesOn(Cli cli) throws IOException, InterruptedException {
        product.configure(Optional.of(telegram), cli.project(home, "stuck_after: 8s"));
        product.up();
        product.awaitState("a", "idle");
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

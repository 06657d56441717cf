package dev.agentctl.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentctl.control.ControlRequest;
import dev.agentctl.testkit.AgentHome;
import dev.agentctl.testkit.ScriptedModel;
import dev.agentctl.testkit.telegram.ChatMessage;
import dev.agentctl.testkit.telegram.TelegramStandIn;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What the model's side refuses, with the real CLIs.
@Timeout(240)
class LimitEndToEndTest {
    private static final Duration SOON = Duration.ofSeconds(90);

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

    private void start(Cli cli) throws IOException, InterruptedException {
        // Claude Code would try ten times, for three minutes
        String[] more = cli == Cli.CLAUDE ? new String[] {"env: {CLAUDE_CODE_MAX_RETRIES: \"1\"}"} : new String[0];
        product.configure(Optional.of(telegram), cli.project(home, more));
        product.up();
        product.awaitState("a", "idle");
    }

    @Test
    void aUsageLimitHoldsMessagesUntilItEnds() throws IOException, InterruptedException {
        start(Cli.CLAUDE);
        product.send("a", "ERR 429 RESETS 45 and count the plums");
        assertThat(product.awaitState("a", "limited").evidence()).startsWith("usage limit until");
        assertThat(hear("usage limit reached").text()).contains("Messages wait until");
        product.send("a", "count the pears");
        assertThat(product.status("a").state()).isEqualTo("limited");
        assertThat(product.status("a").queued()).isEqualTo(1);
        assertThat(model.prompts()).noneMatch(prompt -> prompt.contains("pears"));
        model.awaitPrompt(prompt -> prompt.contains("count the pears"), SOON);
        product.awaitState("a", "idle");
        assertThat(model.prompts()).noneMatch(prompt -> prompt.contains("[agentctl]"));
    }

    @Test
    void codexIsLimitedByWhatItsOwnFileSays() throws IOException, InterruptedException {
        start(Cli.CODEX);
        product.send("a", "ERR 429 RESETS 3600 and count the plums");
        assertThat(product.awaitState("a", "limited").evidence()).startsWith("usage limit until");
        assertThat(hear("usage limit").text()).contains("essages wait until");
        product.killSupervisor();
        product.up();
        assertThat(product.awaitState("a", "limited").evidence()).startsWith("usage limit until");
        product.send("a", "count the pears");
        product.ask(new ControlRequest.Restart(List.of("a")));
        model.awaitPrompt(prompt -> prompt.contains("count the pears"), SOON);
        product.awaitState("a", "idle");
    }

    @Test
    void aTurnThatALimitEndedGoesOnByItself() throws IOException, InterruptedException {
        start(Cli.CLAUDE);
        product.send("a", "ERR 429 RESETS 20 and count the plums");
        product.awaitState("a", "limited");
        model.awaitPrompt(prompt -> prompt.contains("[agentctl] The limit"), SOON);
        product.awaitState("a", "idle");
    }

    @Test
    void anExpiredLoginHoldsMessagesUntilItIsRestarted() throws IOException, InterruptedException {
        start(Cli.CLAUDE);
        product.send("a", "ERR 401 and count the plums");
        product.awaitStatus("a", "limited", report -> report.evidence().startsWith("login needed"));
        assertThat(hear("the turn failed").text()).contains("/login").contains("/restart a");
        product.awaitScreen("a", "Please run /login");
        product.send("a", "count the pears");
        assertThat(product.ask(new ControlRequest.Restart(List.of("a")))).isNotNull();
        model.awaitPrompt(prompt -> prompt.contains("count the pears"), SOON);
        product.awaitState("a", "idle");
        assertThat(telegram.fromBot().stream().filter(message -> message.text().contains("the turn failed")))
                .hasSize(1);
    }
}

package dev.agentctl.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentctl.control.ControlRequest;
import dev.agentctl.testkit.Cli;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What the model's side refuses, with the real CLIs.
@Timeout(600)
class LimitEndToEndTest extends EndToEnd {

    private void startImpatient() throws IOException, InterruptedException {
        // Claude Code would try ten times, for three minutes
        start(Cli.CLAUDE, "env: {CLAUDE_CODE_MAX_RETRIES: \"1\"}");
    }

    @Test
    void aUsageLimitHoldsMessagesUntilItEnds() throws IOException, InterruptedException {
        startImpatient();
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
        startImpatient();
        product.send("a", "ERR 429 RESETS 20 and count the plums");
        product.awaitState("a", "limited");
        model.awaitPrompt(prompt -> prompt.contains("[agentctl] What ended your turn"), SOON);
        product.awaitState("a", "idle");
    }

    @Test
    void anExpiredLoginHoldsMessagesUntilItIsRestarted() throws IOException, InterruptedException {
        startImpatient();
        product.send("a", "ERR 401 and count the plums");
        product.awaitStatus("a", "limited", report -> report.evidence().startsWith("login needed"));
        assertThat(hear("the turn failed").text()).contains("/login").contains("/run a");
        product.awaitScreen("a", "Please run /login");
        product.send("a", "count the pears");
        assertThat(product.ask(new ControlRequest.Restart(List.of("a")))).isNotNull();
        model.awaitPrompt(prompt -> prompt.contains("count the pears"), SOON);
        product.awaitState("a", "idle");
        assertThat(telegram.fromBot().stream().filter(message -> message.text().contains("the turn failed")))
                .hasSize(1);
    }
}

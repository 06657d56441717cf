package dev.agentctl.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentctl.control.ControlRequest;
import dev.agentctl.control.SessionReport;
import dev.agentctl.testkit.AgentClis;
import dev.agentctl.testkit.Cli;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What the real CLIs ask at their first run, before any hook of theirs.
@Timeout(600)
class FirstRunEndToEndTest extends EndToEnd {

    private void press(String... keys) throws IOException {
        product.ask(new ControlRequest.Keys("a", List.of(keys)));
    }

    private long told() {
        return telegram.fromBot().stream()
                .filter(message -> message.text().contains("has not reported"))
                .count();
    }

    /// Onboarding cannot be skipped from outside: a person has to go through it, here by keys from afar.
    @Test
    void claudesFirstRunIsToldOnceWithItsScreen() throws IOException, InterruptedException {
        product.configure(Optional.of(telegram), Cli.CLAUDE.project(home, "trust: true"));
        home.forgetClaude();
        product.up();
        SessionReport asking = product.awaitStatus(
                "a", "asking", report -> report.evidence().contains("no hook yet; its screen shows"));
        assertThat(asking.state()).isEqualTo("running");
        assertThat(hear("has not reported").text())
                .contains("Choose the text style")
                .contains("attach a")
                .contains("/keys a");
        Instant[] pressed = {Instant.MIN};
        Product.await("Enter after Enter leads through it", SOON, () -> {
            if (Instant.now().isAfter(pressed[0].plusSeconds(3))) {
                press("Enter");
                pressed[0] = Instant.now();
            }
            return product.status("a").state().equals("idle");
        });
        assertThat(told()).isEqualTo(1);
    }

    @Test
    void codexWithoutALoginIsTold() throws IOException, InterruptedException {
        product.configure(Optional.of(telegram), """
                  - name: a
                    directory: %s
                    agent: codex
                    executable: %s
                    trust: true
                    env: {OPENAI_API_KEY: ""}
                """.formatted(home.project("a"), AgentClis.codex()));
        product.up();
        assertThat(hear("has not reported").text()).contains("Sign in");
        assertThat(product.status("a").evidence()).contains("no hook yet; its screen shows");
    }

    /// Claude Code itself reports this dialog through the terminal.
    @Test
    void claudesQuestionOfTrustIsTold() throws IOException, InterruptedException {
        product.configure(Optional.of(telegram), Cli.CLAUDE.project(home));
        home.distrustAll();
        product.up();
        hear("trust this folder");
        assertThat(product.awaitState("a", "awaiting-approval").evidence()).contains("trust this folder");
        assertThat(told()).isZero();
    }
}

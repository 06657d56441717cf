package dev.agentctl.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentctl.control.ControlRequest;
import dev.agentctl.control.MessageReport;
import dev.agentctl.control.SessionReport;
import dev.agentctl.testkit.AgentClis;
import dev.agentctl.testkit.ModelRequest;
import dev.agentctl.testkit.telegram.ChatMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// From the phone to the model and back, with the real Gemini CLI.
@Timeout(600)
class GeminiEndToEndTest extends EndToEnd {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private Path folder;

    GeminiEndToEndTest() {
        super(PATIENCE);
    }

    @BeforeEach
    void place() throws IOException {
        folder = home.project("a");
    }

    @Test
    void aDayWithGemini() throws IOException, InterruptedException {
        String settings = Files.readString(home.path().resolve(".gemini/settings.json"));
        product.configure(Optional.of(telegram), """
                  - name: a
                    directory: %s
                    agent: gemini
                    executable: %s
                    trust: true
                    args: ["-m", "gemini-2.5-flash"]
                """.formatted(folder, AgentClis.gemini()));
        product.up();
        // by far the slowest part where the machine is busy
        Product.await(
                "a has started",
                Duration.ofMinutes(3),
                () -> product.status("a").state().equals("idle"));

        aMessageReachesTheModelOnce();
        aToolOfOursAsksTheOperator();
        messagesWaitForADialog();
        anErrorIsTold();
        aUsedUpQuotaIsToldWithItsScreen();
        SessionReport before = product.awaitState("a", "idle");
        aKillIsMended(before);
        assertThat(home.path().resolve(".gemini/settings.json")).hasContent(settings);
    }

    private void aMessageReachesTheModelOnce() throws IOException, InterruptedException {
        var _ = product.ask(new ControlRequest.Send("a", "how many beans", "key"));
        MessageReport message = product.awaitDelivery("a", "key").message().orElseThrow();
        assertThat(message.stage()).isEqualTo("accepted");
        assertThat(message.evidence()).contains("hook BeforeAgent");
        hear("answer to: how many beans");
        assertThat(product.awaitState("a", "idle").conversation()).isPresent();
        assertThat(model.prompts().stream().filter(prompt -> prompt.contains("how many beans")))
                .hasSize(1);
        // the scripted model says that each request has 10 tokens and each answer 5
        product.awaitTokens("a", "10 in, 5 out, 0 cached");
    }

    private void aToolOfOursAsksTheOperator() throws IOException, InterruptedException {
        say("/to a CALL mcp_agentctl_ask {\"question\":\"Which colour?\"}END");
        ChatMessage question = hear("Which colour?");
        var _ = telegram.replyFromUser(Product.OPERATOR, Product.OPERATOR, question.id(), "blue as the sea");
        model.awaitRequest(
                request -> request.results().stream().anyMatch(result -> result.contains("blue as the sea")), PATIENCE);
        product.awaitState("a", "idle");
    }

    private void messagesWaitForADialog() throws IOException, InterruptedException {
        say("/to a CALL run_shell_command {\"command\":\"touch made\"}END");
        SessionReport asked = product.awaitState("a", "awaiting-approval");
        assertThat(asked.evidence()).contains("touch made");
        hear("touch made");
        say("/to a fix 2");
        product.awaitStatus("a", "holding a message", report -> report.queued() == 1);
        assertThat(folder.resolve("made")).doesNotExist();
        atTheDesk("1");
        model.awaitPrompt(prompt -> prompt.strip().equals("fix 2"), PATIENCE);
        assertThat(folder.resolve("made")).exists();
        product.awaitState("a", "idle");
        say("/to a CALL run_shell_command {\"command\":\"touch other\"}END");
        product.awaitState("a", "awaiting-approval");
        atTheDesk("Escape");
        assertThat(product.awaitState("a", "idle").evidence()).contains("title");
        assertThat(folder.resolve("other")).doesNotExist();
    }

    /// Presses a key in the dialog as a person does, again where it was too early.
    private void atTheDesk(String key) throws IOException, InterruptedException {
        String dialog = "Allow execution of";
        product.awaitScreen("a", dialog);
        Instant[] pressed = {Instant.MIN};
        Product.await("the dialog takes the key " + key, PATIENCE, () -> {
            boolean shown = product.screen("a").contains(dialog);
            if (shown && Instant.now().isAfter(pressed[0].plusSeconds(3))) {
                product.ask(new ControlRequest.Keys("a", List.of(key)));
                pressed[0] = Instant.now();
            }
            return !shown;
        });
    }

    private void anErrorIsTold() throws IOException, InterruptedException {
        say("/to a ERR 400 and count the plums");
        assertThat(hear("scripted error 400").text()).contains("the turn failed");
        product.awaitState("a", "idle");
    }

    /// It opens a dialog of which no hook tells, nor the window's title.
    private void aUsedUpQuotaIsToldWithItsScreen() throws IOException, InterruptedException {
        say("/to a ERR 429 RESETS 3600 and count the pears");
        SessionReport asked = product.awaitState("a", "awaiting-answer");
        assertThat(asked.evidence()).contains("screen");
        assertThat(hear("does not tell of").text()).contains("Stop").contains("/keys a");
        product.ask(new ControlRequest.Keys("a", List.of("2")));
        product.awaitState("a", "idle");
    }

    private void aKillIsMended(SessionReport before) throws IOException, InterruptedException {
        say("/to a GATE never and think of nougat");
        model.awaitHeld("never", PATIENCE);
        product.kill("a");
        model.open("never");
        hear("crashed");
        ModelRequest again = model.awaitPrompt(prompt -> prompt.contains("[agentctl]"), Duration.ofMinutes(3));
        assertThat(again.text()).contains("how many beans").contains("nougat");
        SessionReport after = product.awaitState("a", "idle");
        assertThat(after.conversation()).isEqualTo(before.conversation());
        assertThat(after.pid()).isNotEqualTo(before.pid());
    }
}

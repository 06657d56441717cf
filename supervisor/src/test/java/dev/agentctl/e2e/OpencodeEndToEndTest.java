package dev.agentctl.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentctl.control.ControlReply;
import dev.agentctl.control.ControlRequest;
import dev.agentctl.control.MessageReport;
import dev.agentctl.control.PromptReport;
import dev.agentctl.control.SessionReport;
import dev.agentctl.testkit.AgentClis;
import dev.agentctl.testkit.ModelRequest;
import dev.agentctl.testkit.telegram.ChatMessage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// From the phone to the model and back, with the real opencode.
@Timeout(600)
class OpencodeEndToEndTest extends EndToEnd {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private Path folder;

    OpencodeEndToEndTest() {
        super(PATIENCE);
    }

    @BeforeEach
    void place() throws IOException {
        folder = home.project("a");
    }

    @Test
    void aDayWithOpencode() throws IOException, InterruptedException {
        product.configure(Optional.of(telegram), """
                  - name: a
                    directory: %s
                    agent: opencode
                    executable: %s
                """.formatted(folder, AgentClis.opencode()));
        product.up();
        // by far the slowest part where the machine is busy
        Product.await(
                "a has started",
                Duration.ofMinutes(3),
                () -> product.status("a").state().equals("idle"));
        assertThat(product.status("a").evidence()).contains("plugin started");

        aMessageReachesTheModelOnce();
        aToolOfOursAsksTheOperator();
        permissionsAreDecidedFromAfar();
        anErrorIsTold();
        SessionReport before = product.awaitState("a", "idle");
        aKillIsMended(before);
    }

    private void aMessageReachesTheModelOnce() throws IOException, InterruptedException {
        var _ = product.ask(new ControlRequest.Send("a", "how many beans", "key"));
        MessageReport message = product.awaitDelivery("a", "key").message().orElseThrow();
        assertThat(message.stage()).isEqualTo("accepted");
        assertThat(message.evidence()).contains("plugin chat.message");
        hear("answer to: how many beans");
        assertThat(product.awaitState("a", "idle").conversation()).isPresent();
        assertThat(model.prompts().stream().filter(prompt -> prompt.contains("how many beans")))
                .hasSize(1);
        // the scripted model says that each request has 10 tokens and each answer 5
        product.awaitTokens("a", "10 in, 5 out, 0 cached");
    }

    private void aToolOfOursAsksTheOperator() throws IOException, InterruptedException {
        say("/to a CALL agentctl_ask {\"question\":\"Which colour?\"}END");
        ChatMessage question = hear("Which colour?");
        var _ = telegram.replyFromUser(Product.OPERATOR, Product.OPERATOR, question.id(), "blue as the sea");
        model.awaitRequest(
                request -> request.results().stream().anyMatch(result -> result.contains("blue as the sea")), PATIENCE);
        product.awaitState("a", "idle");
    }

    private void permissionsAreDecidedFromAfar() throws IOException, InterruptedException {
        say("/to a CALL bash {\"command\":\"touch made\",\"description\":\"d\"}END");
        hear("May it use bash?");
        product.awaitState("a", "awaiting-approval");
        say("/to a fix 2");
        product.awaitStatus("a", "holding a message", report -> report.queued() == 1);
        assertThat(folder.resolve("made")).doesNotExist();
        say("/allow " + prompt());
        model.awaitPrompt(prompt -> prompt.strip().equals("fix 2"), PATIENCE);
        assertThat(folder.resolve("made")).exists();
        product.awaitState("a", "idle");

        say("/to a CALL bash {\"command\":\"touch other\",\"description\":\"d\"}END");
        Product.await("a second card", PATIENCE, () -> !prompts().isEmpty());
        say("/deny " + prompt() + " use the marzipan");
        model.awaitRequest(
                request -> request.results().stream().anyMatch(result -> result.contains("use the marzipan")),
                PATIENCE);
        product.awaitState("a", "idle");
        assertThat(folder.resolve("other")).doesNotExist();

        say("/to a CALL bash {\"command\":\"touch third\",\"description\":\"d\"}END");
        Product.await("a third card", PATIENCE, () -> !prompts().isEmpty());
        product.awaitScreen("a", "Allow once");
        product.ask(new ControlRequest.Keys("a", List.of("Enter")));
        hear("allowed at the terminal");
        product.awaitState("a", "idle");
        assertThat(folder.resolve("third")).exists();
    }

    private List<PromptReport> prompts() throws IOException {
        return ((ControlReply.Prompts) product.ask(new ControlRequest.ListPrompts(Optional.of("a")))).prompts();
    }

    private String prompt() throws IOException {
        return prompts().getFirst().id();
    }

    private void anErrorIsTold() throws IOException, InterruptedException {
        say("/to a ERR 400 and count the plums");
        assertThat(hear("scripted error 400").text()).contains("the turn failed");
        product.awaitState("a", "idle");
    }

    private void aKillIsMended(SessionReport before) throws IOException, InterruptedException {
        say("/to a GATE never and think of nougat");
        model.awaitHeld("never", PATIENCE);
        // opencode asks the model before its plugin has told of the prompt: without that no turn is known to be cut
        product.awaitState("a", "working");
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

package dev.agentctl.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentctl.control.ControlReply;
import dev.agentctl.control.ControlRequest;
import dev.agentctl.control.MessageReport;
import dev.agentctl.control.SessionReport;
import dev.agentctl.testkit.Cli;
import dev.agentctl.testkit.ModelRequest;
import dev.agentctl.testkit.telegram.ChatMessage;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// From the phone to the model and back, with the real CLIs.
@Timeout(600)
class AgentEndToEndTest extends EndToEnd {
    private static final long STRANGER = 666;

    @ParameterizedTest
    @EnumSource(Cli.class)
    void aMessageReachesTheModelOnceAndTheAnswerComesBack(Cli cli) throws IOException, InterruptedException {
        start(cli);
        say("/to a how many beans");
        model.awaitPrompt(prompt -> prompt.contains("how many beans"), SOON);
        hear("beans");
        product.awaitState("a", "idle");
        assertThat(model.prompts().stream().filter(prompt -> prompt.contains("how many beans")))
                .hasSize(1);
        assertThat(product.status("a").conversation()).isPresent();
        // the scripted model says that each request has 10 tokens and each answer 5; its file is written a little later
        product.awaitTokens("a", "10 in, 5 out, 0 cached");
    }

    @ParameterizedTest
    @EnumSource(Cli.class)
    void whoSentAMessageIsToldWhenTheAgentHasAcceptedIt(Cli cli) throws IOException, InterruptedException {
        start(cli);
        var _ = product.ask(new ControlRequest.Send("a", "count the peas", "key"));
        ControlReply.Delivered delivered = product.awaitDelivery("a", "key");
        MessageReport message = delivered.message().orElseThrow();
        assertThat(message.stage()).isEqualTo("accepted");
        assertThat(message.evidence()).contains("hook UserPromptSubmit");
        assertThat(message.storedAt()).isPositive().isLessThanOrEqualTo(message.since());
        model.awaitPrompt(prompt -> prompt.contains("count the peas"), SOON);
        assertThat(product.status("a").messages()).contains(message);
    }

    @ParameterizedTest
    @EnumSource(Cli.class)
    void twentyMessagesInARowArriveInOrderEachOnce(Cli cli) throws IOException, InterruptedException {
        start(cli);
        List<String> sent = new ArrayList<>();
        for (int i = 1; i <= 20; i++) {
            sent.add("bean number %02d!".formatted(i));
            say("/to a " + sent.getLast());
        }
        for (String each : sent) {
            model.awaitPrompt(prompt -> prompt.contains(each), SOON);
        }
        product.awaitStatus(
                "a", "idle with nothing queued", report -> report.state().equals("idle") && report.queued() == 0);
        List<String> heard = model.prompts().stream()
                .filter(prompt -> prompt.contains("bean number"))
                .map(String::strip)
                .toList();
        assertThat(heard).containsExactlyElementsOf(sent);
    }

    @ParameterizedTest
    @EnumSource(Cli.class)
    void aLongMessageOfManyLinesArrivesWhole(Cli cli) throws IOException, InterruptedException {
        start(cli);
        String text = IntStream.rangeClosed(1, 400)
                .mapToObj("line %03d with some words and a ✓ in it, ok"::formatted)
                .collect(Collectors.joining("\n"));
        assertThat(text.length()).isGreaterThan(16_000);
        product.send("a", text);
        ModelRequest request = model.awaitPrompt(prompt -> prompt.contains("line 400"), SOON);
        assertThat(request.prompt().strip()).isEqualTo(text);
    }

    @ParameterizedTest
    @EnumSource(Cli.class)
    void aKilledAgentComesBackInTheSameConversation(Cli cli) throws IOException, InterruptedException {
        start(cli);
        say("/to a remember the word marzipan");
        hear("marzipan");
        SessionReport before = product.awaitState("a", "idle");
        say("/to a GATE never and think of nougat");
        model.awaitHeld("never", SOON);
        product.kill("a");
        // the message may be quoted to the agent again, and is not to hold the model then
        model.open("never");
        hear("crashed");
        ModelRequest again = model.awaitPrompt(prompt -> prompt.contains("[agentctl]"), SOON);
        assertThat(again.text()).contains("marzipan").contains("nougat");
        // although its next words may be there already
        hear("▶ running again");
        SessionReport after = product.awaitState("a", "idle");
        assertThat(after.conversation()).isEqualTo(before.conversation());
        assertThat(after.pid()).isNotEqualTo(before.pid());
        assertThat(after.restarts()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(Cli.class)
    void aTurnThatACrashCutShortIsRunAgainWhereThatIsWanted(Cli cli) throws IOException, InterruptedException {
        start(cli, "on_crash: rerun");
        say("/to a remember the word marzipan");
        hear("marzipan");
        product.awaitState("a", "idle");
        say("/to a GATE never and think of nougat");
        model.awaitHeld("never", SOON);
        product.kill("a");
        // mere news, which is left out where the answer would wait behind it
        hear("typed again");
        ModelRequest again =
                model.awaitPrompt(prompt -> prompt.contains("the message again") && prompt.contains("nougat"), SOON);
        assertThat(again.prompt()).contains("[agentctl]").doesNotContain("marzipan");
        model.open("never");
        product.awaitState("a", "idle");
    }

    @ParameterizedTest
    @EnumSource(Cli.class)
    void aTurnThatACrashCutShortIsLeftWhereThatIsWanted(Cli cli) throws IOException, InterruptedException {
        start(cli, "on_crash: idle");
        say("/to a remember the word pistachio");
        hear("pistachio");
        product.awaitState("a", "idle");
        say("/to a GATE never and think of nougat");
        model.awaitHeld("never", SOON);
        product.kill("a");
        model.open("never");
        hear("was told nothing");
        say("/to a now think of marzipan");
        model.awaitPrompt(prompt -> prompt.contains("marzipan"), SOON);
        assertThat(model.prompts()).noneMatch(prompt -> prompt.contains("[agentctl]"));
    }

    @ParameterizedTest
    @EnumSource(Cli.class)
    void aKilledSupervisorLosesNoAnswer(Cli cli) throws IOException, InterruptedException {
        start(cli);
        say("/to a GATE held about pistachios");
        model.awaitHeld("held", SOON);
        SessionReport before = product.status("a");
        product.killSupervisor();
        model.open("held");
        model.awaitRequest(request -> request.text().contains("pistachios"), SOON);
        product.up();
        hear("pistachios");
        SessionReport after = product.awaitState("a", "idle");
        assertThat(after.pid()).isEqualTo(before.pid());
        assertThat(telegram.fromBot().stream().filter(message -> message.text().contains("pistachios")))
                .hasSize(1);
        assertThat(model.prompts().stream().filter(prompt -> prompt.contains("pistachios")))
                .hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(Cli.class)
    void aQuestionIsAnsweredFromTheChat(Cli cli) throws IOException, InterruptedException {
        start(cli);
        String tool = cli == Cli.CLAUDE ? "mcp__agentctl__ask" : "mcp__agentctl/ask";
        say("/to a CALL " + tool + " {\"question\":\"Which colour?\",\"options\":[\"red\",\"blue\"]}END");
        ChatMessage question = hear("Which colour?");
        var _ = telegram.replyFromUser(Product.OPERATOR, Product.OPERATOR, question.id(), "blue as the sea");
        model.awaitRequest(
                request -> request.results().stream().anyMatch(result -> result.contains("blue as the sea")), SOON);
        product.awaitState("a", "idle");
    }

    /// The client asks for the rest of its call by itself, after 20 s at the earliest.
    @ParameterizedTest
    @EnumSource(Cli.class)
    void aWaitingCallGoesOnWhenTheSupervisorWasKilled(Cli cli) throws IOException, InterruptedException {
        start(cli);
        String tool = cli == Cli.CLAUDE ? "mcp__agentctl__ask" : "mcp__agentctl/ask";
        say("/to a CALL " + tool + " {\"question\":\"Which colour?\"}END");
        ChatMessage question = hear("Which colour?");
        SessionReport before = product.status("a");
        product.killSupervisor();
        product.up();
        var _ = telegram.replyFromUser(Product.OPERATOR, Product.OPERATOR, question.id(), "blue as the sea");
        ModelRequest answered = model.awaitRequest(
                request -> request.results().stream().anyMatch(result -> result.contains("blue as the sea")),
                Duration.ofMinutes(2));
        assertThat(answered.results()).hasSize(1);
        assertThat(product.awaitState("a", "idle").pid()).isEqualTo(before.pid());
        // killed before it saw that the question was sent, the supervisor repeats it, and marks it
        assertThat(telegram.fromBot().stream()
                        .map(ChatMessage::text)
                        .filter(text -> text.contains("❓ Which colour?") && !text.startsWith("↻")))
                .hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(value = Cli.class, names = "CODEX")
    void aStrangerIsNotHeard(Cli cli) throws IOException, InterruptedException {
        start(cli);
        var _ = telegram.sendFromUser(STRANGER, STRANGER, "/to a open the door");
        say("/status a");
        hear("a (codex)");
        assertThat(telegram.fromBot()).noneMatch(message -> message.chatId() == STRANGER);
        assertThat(model.prompts()).noneMatch(prompt -> prompt.contains("door"));
    }
}

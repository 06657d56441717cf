package dev.agentctl.telegram;

import static dev.agentctl.telegram.ChatUnderTest.OPERATOR;
import static dev.agentctl.telegram.ChatUnderTest.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agentctl.chat.Button;
import dev.agentctl.chat.Outgoing;
import dev.agentctl.chat.Outgoing.Kind;
import dev.agentctl.testkit.telegram.TelegramStandIn;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The basic loop on a server that others wrote: `telegram-test-api` from npm, which `scripts/install-test-agents`
/// installs. Without it this is skipped.
final class OtherServerTest {
    private static final Path AGENTS =
            Path.of("..", ".build", "agents").toAbsolutePath().normalize();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ACTION = "0123456789abcdef0123456789abcdef";

    @TempDir
    Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private URI server = URI.create("http://127.0.0.1");

    @Test
    void messagesAnswersAndButtonsWorkOnAnIndependentServer() throws IOException, InterruptedException {
        assumeTrue(
                Files.isDirectory(AGENTS.resolve("node_modules/telegram-test-api")),
                "telegram-test-api is not in " + AGENTS + "; run scripts/install-test-agents");
        Process node = new ProcessBuilder("node", "src/test/agents/telegram-test-api.mjs", AGENTS.toString())
                .redirectError(folder.resolve("errors").toFile())
                .start();
        try (BufferedReader output = node.inputReader();
                ChatUnderTest test = new ChatUnderTest(folder)) {
            server = URI.create("http://127.0.0.1:" + output.readLine());
            test.use(server);
            play(test);
        } finally {
            node.destroyForcibly();
        }
    }

    private void play(ChatUnderTest test) throws IOException, InterruptedException {
        test.start();
        post("/sendMessage", message().put("text", "hello"));
        assertThat(test.nextHandled().text()).isEqualTo("hello");
        ObjectNode command = message().put("text", "/status a");
        command.putArray("entities")
                .addObject()
                .put("type", "bot_command")
                .put("offset", 0)
                .put("length", 7);
        post("/sendCommand", command);
        assertThat(test.nextHandled().text()).isEqualTo("/status a");

        test.say(new Outgoing.Text(Kind.FINAL, Optional.empty(), Optional.empty(), "**done**", Optional.empty()));
        JsonNode said = await(each -> each.path("text").asText().equals("done"));
        assertThat(said.path("entities").path(0).path("type").asText()).isEqualTo("bold");

        test.say(new Outgoing.Card(
                Kind.QUESTION,
                Optional.empty(),
                Optional.empty(),
                "prompt:abcdef",
                "May it?",
                List.of(List.of(new Button("Yes", ACTION, "/allow abcdef"))),
                Optional.empty()));
        JsonNode card = await(each -> each.path("text").asText().equals("May it?"));
        JsonNode button =
                card.path("reply_markup").path("inline_keyboard").path(0).path(0);
        assertThat(button.path("text").asText()).isEqualTo("Yes");
        press(button.path("callback_data").asText());
        assertThat(test.nextPressed().action()).isEqualTo(ACTION);
        test.say(new Outgoing.CardChange(Optional.empty(), Optional.empty(), "prompt:abcdef", "✅ allowed"));
        await(each -> each.path("text").asText().equals("May it?\n\n✅ allowed"));
    }

    private ObjectNode message() {
        ObjectNode message = JSON.createObjectNode()
                .put("botToken", TelegramStandIn.TOKEN)
                .put("date", Instant.now().getEpochSecond());
        message.putObject("from").put("id", OPERATOR).put("is_bot", false).put("first_name", "Ann");
        message.putObject("chat").put("id", OPERATOR).put("type", "private").put("first_name", "Ann");
        return message;
    }

    private void press(String data) throws IOException, InterruptedException {
        ObjectNode query =
                JSON.createObjectNode().put("botToken", TelegramStandIn.TOKEN).put("data", data);
        ObjectNode message = message().put("message_id", 1);
        query.set("from", message.path("from"));
        query.set("message", message);
        post("/sendCallback", query);
    }

    /// Waits for a message of the bot as it is now.
    private JsonNode await(Predicate<JsonNode> wanted) throws IOException, InterruptedException {
        ObjectNode request = JSON.createObjectNode().put("token", TelegramStandIn.TOKEN);
        Instant end = Instant.now().plus(SOON.multipliedBy(2));
        while (Instant.now().isBefore(end)) {
            for (JsonNode update : post("/getUpdatesHistory", request).path("result")) {
                if (wanted.test(update.path("message"))) {
                    return update.path("message");
                }
            }
        }
        throw new AssertionError("the bot did not say it: " + post("/getUpdatesHistory", request));
    }

    private JsonNode post(String path, JsonNode body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(server.resolve(path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                .build();
        return JSON.readTree(
                http.send(request, HttpResponse.BodyHandlers.ofString()).body());
    }
}

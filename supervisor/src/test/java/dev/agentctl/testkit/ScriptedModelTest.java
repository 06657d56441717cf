package dev.agentctl.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The scripted model against the real command lines, headless.
@Timeout(600)
final class ScriptedModelTest {
    /// A fresh agent on a busy machine takes its time.
    private static final Duration LIMIT = Duration.ofMinutes(3);

    private ScriptedModel model;
    private AgentHome home;
    private Path project;

    @BeforeEach
    void start() throws IOException {
        model = ScriptedModel.start();
        home = AgentHome.create(model);
        project = home.project("p");
    }

    @AfterEach
    void stop() throws IOException {
        home.close();
        model.close();
    }

    @Test
    void claudeMakesTheScriptedCallAndReportsItsResult() throws IOException, InterruptedException {
        String prompt = "CALL Bash {\"command\":\"echo a-$((40+2))\",\"description\":\"count\"}END thanks";

        Ended run = await(claude(prompt));

        assertThat(run.output()).contains("answer to: ").contains("| result: a-42");
        assertThat(run.exit()).isZero();
        assertThat(model.prompts()).containsExactly(prompt);
        ModelRequest last = model.requests().getLast();
        assertThat(last.api()).isEqualTo(ModelApi.CLAUDE);
        assertThat(last.conversation()).isNotEmpty();
        assertThat(last.tools()).contains("Bash");
        assertThat(last.step()).isEqualTo(1);
        assertThat(last.text()).contains(prompt).contains("a-42");
    }

    @Test
    void codexMakesTheScriptedCallAndReportsItsResult() throws IOException, InterruptedException {
        String prompt = "CALL exec_command {\"cmd\":\"echo a-$((40+2))\"}END thanks";

        Ended run = await(codex(prompt));

        assertThat(run.output()).contains("answer to: ").contains("| result: ").contains("a-42\\n");
        assertThat(run.output()).doesNotContain("WARNING");
        assertThat(run.exit()).isZero();
        assertThat(model.prompts()).containsExactly(prompt);
        ModelRequest last = model.requests().getLast();
        assertThat(last.api()).isEqualTo(ModelApi.CODEX);
        assertThat(last.conversation()).isNotEmpty();
        assertThat(last.tools()).contains("exec_command");
        assertThat(last.step()).isEqualTo(1);
    }

    @Test
    void slowAnswerReachesClaudeInPieces() throws IOException, InterruptedException {
        Ended run = await(claude("SLOW 0.5 talk", "--verbose", "--include-partial-messages"));
        assertThat(run.output().split("\"text_delta\"", -1)).hasSizeGreaterThanOrEqualTo(5);
        assertThat(run.output()).contains("word1 ").contains("answer to: SLOW 0.5 talk");
    }

    @Test
    void slowAnswerReachesCodexWhole() throws IOException, InterruptedException {
        assertThat(await(codex("SLOW 0.3 talk")).output()).contains("word1 word2 answer to: SLOW 0.3 talk");
    }

    @Test
    void errorEndsClaudesTurn() throws IOException, InterruptedException {
        Ended run = await(claude("ERR 400 please"));
        assertThat(run.output()).contains("scripted error 400");
        assertThat(run.exit()).isNotZero();
        assertThat(model.prompts()).containsExactly("ERR 400 please");
    }

    @Test
    void errorEndsCodexsTurn() throws IOException, InterruptedException {
        Ended run = await(codex("ERR 400 please"));
        assertThat(run.output()).contains("turn.failed").contains("scripted error 400");
        assertThat(run.exit()).isNotZero();
        assertThat(model.prompts()).containsExactly("ERR 400 please");
    }

    @Test
    void gateHoldsClaudeUntilItIsOpened() throws IOException, InterruptedException {
        Process claude = claude("GATE door hello");
        model.awaitHeld("door", LIMIT);
        assertThat(claude.isAlive()).isTrue();
        model.open("door");
        assertThat(await(claude).output()).contains("answer to: GATE door hello");
    }

    @Test
    void gateAfterACallHoldsTheAnswerToItsResult() throws IOException, InterruptedException {
        Process codex = codex("CALL exec_command {\"cmd\":\"echo hi\"}END GATE door");
        model.awaitHeld("door", LIMIT);
        assertThat(model.requests().getLast().step()).isEqualTo(1);
        model.open("door");
        assertThat(await(codex).output()).contains("answer to: ");
    }

    @Test
    void closingEndsWhatIsHeldBack() throws IOException, InterruptedException {
        Process claude = claude("HANG 60 GATE never");
        assertThat(model.awaitPrompt(prompt -> prompt.startsWith("HANG"), LIMIT).isWork())
                .isTrue();
        model.close();
        home.close();
        assertThat(claude.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void waitingInVainSaysWhatWasSeen() throws IOException, InterruptedException {
        await(codex("hello"));
        assertThatThrownBy(() -> model.awaitPrompt("other"::equals, Duration.ofMillis(10)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("[hello]");
    }

    @Test
    void errandThatQuotesAPromptGetsATitleAndIsNoTurn() throws IOException, InterruptedException {
        String errand =
                "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"name this: ERR 500 HANG 60\"}]}";
        HttpResponse<String> answer = post("/v1/messages?beta=true", errand);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("{\\\"title\\\":\\\"x\\\"}").contains("end_turn");
        assertThat(model.requests()).hasSize(1);
        assertThat(model.prompts()).isEmpty();
    }

    @Test
    void repeatedRequestIsTheSameTurnAndALongerOneIsNot() throws IOException, InterruptedException {
        String first = message("{\"role\":\"user\",\"content\":\"go\"}");
        post("/v1/messages", first);
        post("/v1/messages", first);
        post(
                "/v1/messages",
                message("{\"role\":\"user\",\"content\":\"go\"},{\"role\":\"assistant\",\"content\":\"ok\"},"
                        + "{\"role\":\"user\",\"content\":\"go\"}"));
        assertThat(model.prompts()).containsExactly("go", "go");
        assertThat(model.requests()).hasSize(3);
    }

    @Test
    void tokensAreCountedAndAnythingThatReadsIsAnswered() throws IOException, InterruptedException {
        assertThat(post("/v1/messages/count_tokens", "{}").body()).isEqualTo("{\"input_tokens\":10}");
        HttpRequest read =
                HttpRequest.newBuilder(URI.create(model.url() + "/v1/models")).build();
        assertThat(send(read).statusCode()).isEqualTo(200);
    }

    @Test
    void brokenJsonIsRefused() throws IOException, InterruptedException {
        assertThat(post("/v1/messages", "{").statusCode()).isEqualTo(400);
    }

    private static String message(String messages) {
        return "{\"model\":\"m\",\"tools\":[{\"name\":\"Bash\"}],\"messages\":[" + messages + "]}";
    }

    private HttpResponse<String> post(String route, String body) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(model.url() + route))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    private static HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        }
    }

    private Process claude(String prompt, String... more) throws IOException {
        List<String> command = new ArrayList<>(List.of(AgentClis.claude().toString(), "-p", "--allowedTools", "Bash"));
        command.addAll(List.of("--output-format", more.length == 0 ? "json" : "stream-json"));
        command.addAll(List.of(more));
        command.addAll(List.of("--", prompt));
        return home.process(project, command).start();
    }

    private Process codex(String prompt) throws IOException {
        List<String> command = new ArrayList<>(List.of(AgentClis.codex().toString(), "exec"));
        command.addAll(List.of("--skip-git-repo-check", "--json"));
        command.addAll(home.codexArguments());
        command.add(prompt);
        return home.process(project, command).start();
    }

    private static Ended await(Process process) throws IOException, InterruptedException {
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(output, process.waitFor());
    }

    /// What a process printed, and its exit code.
    private record Ended(String output, int exit) {}
}

package dev.agentctl.tools;

import static dev.agentctl.tools.RunningServer.call;
import static dev.agentctl.tools.RunningServer.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.spec.McpSchema;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Every tool, through the official client over real HTTP.
class ToolsTest {
    private static final Caller PROJECT_A = new Caller("project-a", 1);

    private RunningServer running;
    private McpSyncClient client;

    @BeforeEach
    void start() throws IOException {
        running = new RunningServer();
        client = running.client("token-a");
    }

    @AfterEach
    void stop() {
        running.close();
    }

    @Test
    void theServerIsNamedAgentctl() {
        assertThat(client.getServerInfo().name()).isEqualTo("agentctl");
    }

    @Test
    void notifyStoresTheNotice() {
        McpSchema.CallToolResult result = client.callTool(
                call("notify", Map.of("event", "done", "summary", "All *green*", "details", "12 tests")));
        assertThat(result.isError()).isFalse();
        assertThat(text(result)).startsWith("stored");
        assertThat(running.operator.told).singleElement().satisfies(told -> {
            assertThat(told.caller()).isEqualTo(PROJECT_A);
            assertThat(told.notice()).isEqualTo(new Notice("done", "All *green*", Optional.of("12 tests")));
        });
    }

    @Test
    void notifyWithoutDetailsHasNone() {
        client.callTool(call("notify", Map.of("event", "done", "summary", "ok")));
        assertThat(running.operator.told.getFirst().notice().details()).isEmpty();
    }

    @Test
    void askWaitsForTheAnswer() throws InterruptedException {
        Map<String, Object> arguments =
                Map.of("question", "Which?", "context", "Both work", "options", List.of("Blue", "Red"), "timeout", 60);
        CompletableFuture<McpSchema.CallToolResult> result = running.callLater(client, call("ask", arguments));
        RecordingOperator.Wait wait = running.operator.nextWait();
        assertThat(running.operator.question(wait.about()).question())
                .isEqualTo(new Question(
                        "Which?", Optional.of("Both work"), List.of("Blue", "Red"), Duration.ofSeconds(60)));
        wait.end().complete(new QuestionState.Answered(wait.about(), "Blue"));
        assertThat(text(result.join())).isEqualTo("answered: Blue");
        assertThat(result.join().isError()).isFalse();
    }

    @Test
    void askStaysOpenForSevenDaysUnlessToldOtherwise() {
        client.callTool(call("ask", Map.of("question", "Which?", "wait", false)));
        assertThat(running.operator.question("q1").question().timeout()).isEqualTo(Duration.ofDays(7));
    }

    @Test
    void askSaysWhenTheQuestionExpired() throws InterruptedException {
        CompletableFuture<McpSchema.CallToolResult> result =
                running.callLater(client, call("ask", Map.of("question", "Which?", "timeout", 1)));
        RecordingOperator.Wait wait = running.operator.nextWait();
        wait.end().complete(new QuestionState.Expired(wait.about()));
        assertThat(text(result.join())).startsWith("expired").contains("q1");
    }

    @Test
    void askWithoutWaitingGivesAnIdToPollWith() {
        McpSchema.CallToolResult asked = client.callTool(call("ask", Map.of("question", "Which?", "wait", false)));
        assertThat(text(asked)).startsWith("pending").contains("q1").contains("poll");
        assertThat(text(client.callTool(call("poll", Map.of("id", "q1"))))).startsWith("pending");
        running.operator.answer("q1", "The second");
        assertThat(text(client.callTool(call("poll", Map.of("id", "q1"))))).isEqualTo("answered: The second");
    }

    @Test
    void pollCanWait() throws InterruptedException {
        client.callTool(call("ask", Map.of("question", "Which?", "wait", false)));
        CompletableFuture<McpSchema.CallToolResult> result =
                running.callLater(client, call("poll", Map.of("id", "q1", "wait", true)));
        running.operator.nextWait().end().complete(new QuestionState.Answered("q1", "Red"));
        assertThat(text(result.join())).isEqualTo("answered: Red");
    }

    @Test
    void pollOfAnUnknownIdIsAnError() {
        McpSchema.CallToolResult result = client.callTool(call("poll", Map.of("id", "q77")));
        assertThat(result.isError()).isTrue();
        assertThat(text(result)).startsWith("unknown").contains("q77");
    }

    @Test
    void anotherSessionsQuestionIsUnknown() {
        client.callTool(call("ask", Map.of("question", "Which?", "wait", false)));
        McpSyncClient other = running.client("token-b");
        assertThat(text(other.callTool(call("poll", Map.of("id", "q1"))))).startsWith("unknown");
        assertThat(text(other.callTool(call("poll", Map.of("id", "q1", "wait", true)))))
                .startsWith("unknown");
    }

    @Test
    void waitReplyReturnsTheNextMessage() throws InterruptedException {
        CompletableFuture<McpSchema.CallToolResult> result =
                running.callLater(client, call("wait_reply", Map.of("timeout", 90)));
        RecordingOperator.Wait wait = running.operator.nextWait();
        assertThat(wait.caller()).isEqualTo(PROJECT_A);
        assertThat(wait.timeout()).isBetween(Duration.ofSeconds(30), Duration.ofSeconds(90)); // what is left of it
        wait.end().complete(new Reply.Answered("go\non"));
        assertThat(text(result.join())).isEqualTo("answered: go\non");
    }

    @Test
    void waitReplySaysWhenNothingCame() throws InterruptedException {
        CompletableFuture<McpSchema.CallToolResult> result =
                running.callLater(client, call("wait_reply", Map.of("timeout", 5)));
        running.operator.nextWait().end().complete(new Reply.TimedOut());
        assertThat(text(result.join())).startsWith("timed out").contains("5 s");
        assertThat(result.join().isError()).isFalse();
    }

    @Test
    void waitReplySaysWhyItWasWithdrawn() throws InterruptedException {
        CompletableFuture<McpSchema.CallToolResult> result = running.callLater(client, call("wait_reply", Map.of()));
        running.operator.nextWait().end().complete(new Reply.Withdrawn("the session is being stopped"));
        assertThat(text(result.join())).isEqualTo("withdrawn: the session is being stopped");
        assertThat(result.join().isError()).isTrue();
    }

    @Test
    void unattendedModeReportsAndWaitsForTheNextInstruction() throws InterruptedException {
        CompletableFuture<McpSchema.CallToolResult> result =
                running.callLater(client, call("unattended_mode", Map.of("report", "**built**", "timeout", 90)));
        RecordingOperator.Wait wait = running.operator.nextWait();
        assertThat(wait.timeout()).isBetween(Duration.ofSeconds(30), Duration.ofSeconds(90)); // what is left of it
        assertThat(running.operator.told)
                .singleElement()
                .satisfies(told -> assertThat(told.notice()).isEqualTo(new Notice("", "**built**", Optional.empty())));
        wait.end().complete(new Reply.Answered("now test it"));
        assertThat(text(result.join())).startsWith("instruction: now test it");
        assertThat(fields(result.join()))
                .containsEntry("next_instruction", "now test it")
                .containsEntry("should_exit", false);
    }

    @Test
    void unattendedModeEndsWhenTheOperatorSaysSo() throws InterruptedException {
        CompletableFuture<McpSchema.CallToolResult> result =
                running.callLater(client, call("unattended_mode", Map.of()));
        running.operator.nextWait().end().complete(new Reply.Answered(" Exit\n"));
        assertThat(fields(result.join())).containsEntry("should_exit", true);
        assertThat(running.operator.told).isEmpty();
    }

    @Test
    void whatIsSentReachesTheOperator() {
        assertThat(text(client.callTool(call("send_message", Map.of("message", "*hi*")))))
                .startsWith("stored");
        client.callTool(call("send_code", Map.of("code", "a = 1", "language", "python", "caption", "so")));
        client.callTool(call("send_image", Map.of("path", "out/chart.png")));
        client.callTool(call("send_file", Map.of("path", "out/report.pdf", "caption", "the report")));
        assertThat(running.operator.given)
                .extracting(RecordingOperator.Given::enclosure)
                .containsExactly(
                        new Enclosure.Words("*hi*"),
                        new Enclosure.Code("a = 1", Optional.of("python"), Optional.of("so")),
                        new Enclosure.Picture("out/chart.png", Optional.empty()),
                        new Enclosure.Document("out/report.pdf", Optional.of("the report")));
        assertThat(running.operator.given).allMatch(given -> given.caller().equals(PROJECT_A));
    }

    @Test
    void whatCannotBeSentIsAClearError() {
        running.operator.shown = new Shown.Refused("`../x` is outside of the project's folder.");
        McpSchema.CallToolResult result = client.callTool(call("send_file", Map.of("path", "../x")));
        assertThat(result.isError()).isTrue();
        assertThat(text(result)).isEqualTo("nothing was sent: `../x` is outside of the project's folder.");
    }

    /// Clients that see an output schema show the model these fields alone.
    @Test
    void theFieldsSayWhatTheTextSays() {
        assertThat(fields(client.callTool(call("ask", Map.of("question", "Which?", "wait", false)))))
                .containsEntry("status", "pending")
                .containsEntry("id", "q1")
                .containsKey("advice");
        running.operator.answer("q1", "Red");
        assertThat(fields(client.callTool(call("poll", Map.of("id", "q1")))))
                .isEqualTo(Map.of("status", "answered", "id", "q1", "answer", "Red"));
        assertThat(fields(client.callTool(call("poll", Map.of("id", "q9"))))).containsEntry("status", "unknown");
        assertThat(fields(client.callTool(call("get_context_info", Map.of()))))
                .containsEntry("session", "project-a")
                .containsEntry("messages_waiting", 2)
                .containsEntry("operator_reachable", true);
    }

    @Test
    void thePromptOfTheOtherServerReturnsItsIdAtOnce() throws IOException {
        try (RunningServer other = new RunningServer(Pace.USUAL, "telegram_")) {
            McpSyncClient theirs = other.client("token-a");
            assertThat(fields(theirs.callTool(call("telegram_prompt", Map.of("question", "Which?")))))
                    .containsEntry("correlation_id", "q1");
            Map<String, Object> poll = Map.of("correlation_id", "q1");
            assertThat(fields(theirs.callTool(call("telegram_poll", poll)))).containsEntry("status", "pending");
            other.operator.answer("q1", "Red");
            assertThat(fields(theirs.callTool(call("telegram_poll", poll))))
                    .containsEntry("status", "answered")
                    .containsEntry("answer", "Red");
            assertThat(text(theirs.callTool(call("telegram_poll", Map.of("id", "q1")))))
                    .contains("correlation_id is missing");
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> fields(McpSchema.CallToolResult result) {
        return (Map<String, Object>) Objects.requireNonNull(result.structuredContent());
    }

    @Test
    void contextInfoDescribesTheCallingSession() {
        assertThat(text(client.callTool(call("get_context_info", Map.of())))).isEqualTo("""
                session: project-a
                agent: claude
                directory: /src/project-a
                state: working
                conversation: c-1
                messages waiting: 2
                operator reachable: yes""");
    }

    @ParameterizedTest
    @ValueSource(strings = {"claudecode/toolUseId", "callId"})
    void theClientsOwnIdOfACallIsItsKey(String name) {
        McpSchema.CallToolRequest request = McpSchema.CallToolRequest.builder("ask")
                .arguments(Map.of("question", "Which?", "wait", false))
                .meta(Map.of(name, "toolu_1"))
                .build();
        client.callTool(request);
        client.callTool(request);
        assertThat(running.operator.questions()).isEqualTo(1);
        assertThat(running.operator.question("q1").callKey()).isEqualTo("toolu_1");
    }

    @Test
    void callsWithoutAnIdOfTheirOwnHaveDifferentKeys() {
        client.callTool(call("ask", Map.of("question", "Which?", "wait", false)));
        client.callTool(call("ask", Map.of("question", "Which?", "wait", false)));
        assertThat(running.operator.questions()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, 31_536_000, Long.MAX_VALUE})
    void aTimeoutOutOfRangeIsAClearErrorAndAsksNothing(long seconds) {
        for (String tool : List.of("ask", "wait_reply")) {
            Map<String, Object> arguments =
                    tool.equals("ask") ? Map.of("question", "Which?", "timeout", seconds) : Map.of("timeout", seconds);
            McpSchema.CallToolResult result = client.callTool(call(tool, arguments));
            assertThat(result.isError()).isTrue();
            assertThat(text(result))
                    .isEqualTo("nothing was done: timeout must be a whole number of seconds from 1 to 604800");
        }
        assertThat(running.operator.questions()).isZero();
    }

    @Test
    void aMissingArgumentIsNamed() {
        McpSchema.CallToolResult result = client.callTool(call("notify", Map.of("event", "done")));
        assertThat(result.isError()).isTrue();
        assertThat(text(result)).contains("summary is missing");
        assertThat(running.operator.told).isEmpty();
    }
}

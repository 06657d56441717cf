package dev.agentctl.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What clients of one process find in the next: only the journal and the operator's side are the same.
@Timeout(60)
class RestartTest {
    /// A waiting call's stream, read up to the id that tells how to ask for its rest.
    private record Stream(BufferedReader lines, String lastEvent) {
        static Stream of(HttpResponse<InputStream> response) throws IOException {
            assertThat(response.statusCode()).isEqualTo(200);
            BufferedReader lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
            String line = lines.readLine();
            while (line != null && !line.startsWith("id: ")) {
                line = lines.readLine();
            }
            assertThat(line).as("an event with an id").isNotNull();
            assertThat(lines.readLine()).isEqualTo("retry: 20000");
            return new Stream(lines, String.valueOf(line).substring("id: ".length()));
        }

        String rest() {
            return String.join("\n", lines.lines().toList());
        }
    }

    private static HttpResponse<InputStream> resume(RawClient raw, RunningServer running, Stream lost)
            throws IOException, InterruptedException {
        return raw.at(running.server.endpoint())
                .with("Last-Event-ID", lost.lastEvent)
                .with("Accept", "text/event-stream")
                .with("Content-Type", "")
                .open("GET", "");
    }

    @Test
    void aWaitingCallGoesOnWithTheSameIdAndTheSameWait() throws IOException, InterruptedException {
        try (RunningServer first = new RunningServer()) {
            RawClient raw = first.raw("token-a").initialized();
            Stream stream = Stream.of(raw.open("POST", RawClient.toolCall(9, "wait_reply", "{\"timeout\":600}")));
            RecordingOperator.Wait before = first.operator.nextWait();
            try (RunningServer second = first.next()) {
                assertThat(stream.rest()).doesNotContain("\"id\":9");
                Stream again = Stream.of(resume(raw, second, stream));
                RecordingOperator.Wait after = second.operator.nextWait();
                assertThat(after.about()).isEqualTo(before.about());
                assertThat(after.timeout()).isLessThan(before.timeout());
                after.end().complete(new Reply.Answered("go"));
                assertThat(again.rest()).contains("\"id\":9").contains("answered: go");
            }
        }
    }

    @Test
    void anAnswerThatWasLostOnTheWayIsGivenAgain() throws IOException, InterruptedException {
        try (RunningServer running = new RunningServer()) {
            RawClient raw = running.raw("token-a").initialized();
            Stream stream = Stream.of(raw.open("POST", RawClient.toolCall(9, "ask", "{\"question\":\"Which?\"}")));
            RecordingOperator.Wait wait = running.operator.nextWait();
            running.operator.answer("q1", "red");
            wait.end().complete(new QuestionState.Answered("q1", "red"));
            assertThat(stream.rest()).contains("answered: red");
            HttpResponse<InputStream> again = resume(raw, running, stream);
            assertThat(new String(again.body().readAllBytes(), StandardCharsets.UTF_8))
                    .contains("\"id\":9")
                    .contains("answered: red");
            assertThat(running.operator.questions()).isEqualTo(1);
        }
    }

    @Test
    void aCallThatIsTakenUpElsewhereEndsWhereItWas() throws IOException, InterruptedException {
        try (RunningServer running = new RunningServer()) {
            RawClient raw = running.raw("token-a").initialized();
            Stream stream = Stream.of(raw.open("POST", RawClient.toolCall(9, "wait_reply", "{}")));
            RecordingOperator.Wait before = running.operator.nextWait();
            Stream again = Stream.of(resume(raw, running, stream));
            RecordingOperator.Wait after = running.operator.nextWait();
            assertThat(before.end()
                            .handle((_, _) -> true)
                            .orTimeout(30, TimeUnit.SECONDS)
                            .join())
                    .isTrue();
            assertThat(stream.rest()).doesNotContain("result");
            after.end().complete(new Reply.Answered("go"));
            assertThat(again.rest()).contains("answered: go");
        }
    }

    /// Its client gave up while nobody was there to be told, and tells the next process.
    @Test
    void aCallThatIsCancelledAfterTheRestartGoesBackOnce() throws IOException, InterruptedException {
        try (RunningServer first = new RunningServer()) {
            RawClient raw = first.raw("token-a").initialized();
            RawClient sameSession = first.raw("token-b").with("Mcp-Session-Id", raw.session());
            InputStream asking = raw.waiting(8, "ask", "{\"question\":\"Which?\"}");
            assertThat(first.operator.nextWait().about()).isEqualTo("q1");
            InputStream replying = raw.waiting(9, "wait_reply", "{}");
            String key = first.operator.nextWait().about();
            try (RunningServer second = first.next()) {
                assertThat(asking.readAllBytes()).isNotNull();
                assertThat(replying.readAllBytes()).isNotNull();
                RawClient next = raw.at(second.server.endpoint());
                assertThat(sameSession
                                .at(second.server.endpoint())
                                .post(RawClient.cancel("9"))
                                .statusCode())
                        .isEqualTo(404);
                for (String id : List.of("7", "\"9\"", "9", "9", "8", "8")) {
                    assertThat(next.post(RawClient.cancel(id)).statusCode()).isEqualTo(202);
                }
                assertThat(second.operator.untaken).containsExactly(key, "q1");
                assertThat(second.operator.begun).isEmpty();
                assertThat(second.operator.questions()).isEqualTo(1);
                assertThat(next.post("{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"ping\"}")
                                .statusCode())
                        .isEqualTo(200);
            }
        }
    }

    @Test
    void nobodyElseGetsTheRestOfACall() throws IOException, InterruptedException {
        try (RunningServer running = new RunningServer(RunningServer.QUICK)) {
            RawClient raw = running.raw("token-a").initialized();
            Stream stream = Stream.of(raw.open("POST", RawClient.toolCall(9, "wait_reply", "{}")));
            RecordingOperator.Wait wait = running.operator.nextWait();
            for (RawClient other : List.of(
                    running.raw("token-b").initialized(), running.raw("token-a").initialized())) {
                HttpResponse<InputStream> listening = resume(other, running, stream);
                assertThat(new String(listening.body().readNBytes(6), StandardCharsets.US_ASCII))
                        .isEqualTo(":\n\n:\n\n");
                listening.body().close();
            }
            assertThat(running.operator.begun).isEmpty();
            wait.end().complete(new Reply.Answered("go"));
            assertThat(stream.rest()).contains("answered: go");
        }
    }

    @Test
    void idleSessionsNoticeNothing() throws IOException, InterruptedException {
        try (RunningServer first = new RunningServer()) {
            RawClient raw = first.raw("token-a").initialized();
            RawClient ended = first.raw("token-a").initialized();
            assertThat(ended.open("DELETE", "").statusCode()).isEqualTo(200);
            try (RunningServer second = first.next()) {
                String ping = "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"ping\"}";
                RawClient same = raw.at(second.server.endpoint());
                assertThat(same.post(ping).statusCode()).isEqualTo(200);
                assertThat(same.post(RawClient.toolCall(8, "notify", "{\"event\":\"done\",\"summary\":\"ok\"}"))
                                .body())
                        .contains("stored");
                assertThat(same.with("Authorization", "Bearer token-b")
                                .post(ping)
                                .statusCode())
                        .isEqualTo(404);
                assertThat(ended.at(second.server.endpoint()).post(ping).statusCode())
                        .isEqualTo(404);
            }
        }
    }

    @Test
    void whatIsLeftOfATimeoutIsNeverNegative() {
        OpenCall old = new OpenCall(
                new Caller("a", 1), "s", 1, "k", java.time.Instant.now().minusSeconds(90));
        ToolCall call = new ToolCall(old, "k", new Quota(1), ProgressSink.NONE, Duration.ofHours(1));
        assertThat(call.remaining(Duration.ofSeconds(60))).isZero();
        assertThat(call.remaining(Duration.ofSeconds(600))).isBetween(Duration.ofSeconds(500), Duration.ofSeconds(511));
    }
}

package dev.agentctl.tools;

import static dev.agentctl.tools.RunningServer.call;
import static dev.agentctl.tools.RunningServer.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.spec.McpSchema;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// How waiting calls live, and how they end.
class WaitingTest {
    @Test
    void aHundredWaitingCallsDoNotHoldUpANotice() throws IOException, InterruptedException {
        try (RunningServer running = new RunningServer()) {
            List<McpSyncClient> clients = List.of(
                    running.client("token-a"),
                    running.client("token-b"),
                    running.client("token-c"),
                    running.client("token-d"));
            List<CompletableFuture<McpSchema.CallToolResult>> waiting = new ArrayList<>();
            List<RecordingOperator.Wait> begun = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                waiting.add(running.callLater(clients.get(i % clients.size()), call("wait_reply", Map.of())));
                begun.add(running.operator.nextWait());
            }
            for (McpSyncClient client : clients) {
                assertThat(text(client.callTool(call("notify", Map.of("event", "done", "summary", "ok")))))
                        .startsWith("stored");
                assertThat(client.ping()).isNotNull();
            }
            assertThat(waiting).noneMatch(CompletableFuture::isDone);
            begun.forEach(wait -> wait.end()
                    .complete(new Reply.Answered("go, " + wait.caller().session())));
            for (int i = 0; i < waiting.size(); i++) {
                assertThat(text(waiting.get(i).join()))
                        .isEqualTo("answered: go, project-" + "abcd".charAt(i % clients.size()));
            }
        }
    }

    @Test
    void aSessionWhoseClientIsGoneIsSweptAndAWaitingOneIsNot() throws IOException, InterruptedException {
        try (RunningServer running = new RunningServer(RunningServer.SWEEPING)) {
            RawClient abandoned = running.raw("token-a").initialized();
            RawClient working = running.raw("token-b").initialized();
            InputStream waiting = working.waiting(1, "wait_reply", "{}");
            RecordingOperator.Wait wait = running.operator.nextWait();
            // the comments on its stream tell that many sweeps have passed
            assertThat(waiting.readNBytes(180)).hasSize(180);
            assertThat(abandoned
                            .post("{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"ping\"}")
                            .statusCode())
                    .isEqualTo(404);
            wait.end().complete(new Reply.Answered("go"));
            assertThat(new String(waiting.readAllBytes(), StandardCharsets.UTF_8))
                    .contains("answered: go");
        }
    }

    /// `-Dagentctl.waiting=300` lets as many wait as the product is made for.
    @Test
    @Timeout(300)
    void manyAgentsWaitInOneProcess() throws IOException, InterruptedException {
        try (RunningServer running = new RunningServer()) {
            Map<String, InputStream> waiting = new LinkedHashMap<>();
            int agents = Integer.getInteger("agentctl.waiting", 60);
            for (int i = 0; i < agents; i++) {
                RawClient agent = running.raw("token-" + i).initialized();
                waiting.put("project-" + i, agent.waiting(1, "wait_reply", "{}"));
            }
            RawClient another = running.raw("token-a").initialized();
            assertThat(another.post(RawClient.toolCall(1, "notify", "{\"event\":\"done\",\"summary\":\"ok\"}"))
                            .body())
                    .contains("stored");
            for (int i = 0; i < waiting.size(); i++) {
                RecordingOperator.Wait wait = running.operator.nextWait();
                assertThat(wait.end()).isNotDone();
                wait.end().complete(new Reply.Answered("go, " + wait.caller().session()));
            }
            for (Map.Entry<String, InputStream> agent : waiting.entrySet()) {
                assertThat(new String(agent.getValue().readAllBytes(), StandardCharsets.UTF_8))
                        .contains("\"answered: go, " + agent.getKey() + "\"");
            }
        }
    }

    @Test
    void aSessionMayHaveOnlySoManyWaitingCalls() throws IOException, InterruptedException {
        try (RunningServer running = new RunningServer()) {
            McpSyncClient client = running.client("token-a");
            List<CompletableFuture<McpSchema.CallToolResult>> waiting = new ArrayList<>();
            List<RecordingOperator.Wait> begun = new ArrayList<>();
            for (int i = 0; i < OpenCalls.MOST_WAITING; i++) {
                waiting.add(running.callLater(client, call("wait_reply", Map.of())));
                begun.add(running.operator.nextWait());
            }
            McpSchema.CallToolResult refused = client.callTool(call("ask", Map.of("question", "One more?")));
            assertThat(refused.isError()).isTrue();
            assertThat(text(refused)).contains("too many").contains("q1").contains("poll");
            assertCancelled(running.operator.nextWait());
            begun.forEach(wait -> wait.end().complete(new Reply.Answered("go")));
            waiting.forEach(one -> assertThat(text(one.join())).isEqualTo("answered: go"));
            assertThat(text(client.callTool(call("poll", Map.of("id", "q1"))))).startsWith("pending");
        }
    }

    @Test
    void theStreamBeginsBeforeThereIsAResult() throws IOException, InterruptedException {
        try (RunningServer running = new RunningServer()) {
            HttpResponse<InputStream> stream =
                    running.raw("token-a").initialized().open("POST", RawClient.toolCall(1, "wait_reply", "{}"));
            assertThat(stream.headers().firstValue("Content-Type").orElse("")).startsWith("text/event-stream");
            assertThat(stream.headers().firstValue("X-Accel-Buffering")).contains("no");
            assertThat(new String(stream.body().readNBytes(3), StandardCharsets.UTF_8))
                    .isEqualTo(":\n\n");
            running.operator.nextWait().end().complete(new Reply.Answered("go"));
            assertThat(new String(stream.body().readAllBytes(), StandardCharsets.UTF_8))
                    .contains("answered: go");
        }
    }

    @Test
    void theListeningStreamBeginsAtOnceAndShowsSignsOfLife() throws IOException, InterruptedException {
        try (RunningServer running = new RunningServer(RunningServer.QUICK)) {
            HttpResponse<InputStream> stream =
                    running.raw("token-a").initialized().open("GET", "");
            assertThat(stream.statusCode()).isEqualTo(200);
            assertThat(new String(stream.body().readNBytes(9), StandardCharsets.UTF_8))
                    .isEqualTo(":\n\n:\n\n:\n\n");
            stream.body().close();
        }
    }

    @Test
    void aWaitingCallReportsGrowingProgress() throws IOException, InterruptedException {
        try (RunningServer running = new RunningServer(RunningServer.QUICK)) {
            BlockingQueue<McpSchema.ProgressNotification> progress = new LinkedBlockingQueue<>();
            McpSyncClient client = running.client("token-a", progress);
            CompletableFuture<McpSchema.CallToolResult> result = running.callLater(
                    client,
                    McpSchema.CallToolRequest.builder("wait_reply")
                            .arguments(Map.of())
                            .progressToken("p-1")
                            .build());
            RecordingOperator.Wait wait = running.operator.nextWait();
            McpSchema.ProgressNotification first = next(progress);
            McpSchema.ProgressNotification second = next(progress);
            assertThat(first.progressToken()).isEqualTo("p-1");
            assertThat(first.message()).startsWith("waiting for the operator");
            assertThat(second.progress()).isGreaterThan(first.progress());
            wait.end().complete(new Reply.Answered("go"));
            assertThat(text(result.join())).isEqualTo("answered: go");
        }
    }

    private static McpSchema.ProgressNotification next(BlockingQueue<McpSchema.ProgressNotification> progress)
            throws InterruptedException {
        McpSchema.ProgressNotification next = progress.poll(30, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("no progress came");
        }
        return next;
    }

    @Test
    void aCancelledCallStopsWaitingAndTheQuestionStaysOpen() throws IOException, InterruptedException {
        try (RunningServer running = new RunningServer()) {
            RawClient raw = running.raw("token-a").initialized();
            HttpResponse<InputStream> stream = raw.open("POST", RawClient.toolCall(9, "ask", "{\"question\":\"?\"}"));
            RecordingOperator.Wait wait = running.operator.nextWait();
            HttpResponse<String> cancelled = raw.post(RawClient.cancel("9"));
            assertThat(cancelled.statusCode()).isEqualTo(202);
            assertCancelled(wait);
            assertThat(new String(stream.body().readAllBytes(), StandardCharsets.UTF_8))
                    .contains("the wait was cancelled");
            assertThat(running.operator.look(wait.caller(), "q1")).isEqualTo(new QuestionState.Pending("q1"));
        }
    }

    @Test
    void cancellingSomethingElseEndsNothing() throws IOException, InterruptedException {
        try (RunningServer running = new RunningServer()) {
            RawClient raw = running.raw("token-a").initialized();
            RawClient second = running.raw("token-a").initialized();
            HttpResponse<InputStream> stream = raw.open("POST", RawClient.toolCall(9, "wait_reply", "{}"));
            RecordingOperator.Wait wait = running.operator.nextWait();
            for (String id : List.of("8", "\"9\"", "null", "{}")) {
                assertThat(raw.post(RawClient.cancel(id)).statusCode()).isEqualTo(202);
            }
            assertThat(second.post(RawClient.cancel("9")).statusCode()).isEqualTo(202);
            assertThat(raw.post("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\"}")
                            .statusCode())
                    .isEqualTo(202);
            assertThat(wait.end()).isNotDone();
            wait.end().complete(new Reply.Answered("go"));
            assertThat(new String(stream.body().readAllBytes(), StandardCharsets.UTF_8))
                    .contains("answered: go");
        }
    }

    @Test
    void aClientThatGoesAwayEndsItsWaitAndKeepsItsSession() throws IOException, InterruptedException {
        try (RunningServer running = new RunningServer(RunningServer.QUICK)) {
            RawClient raw = running.raw("token-a").initialized();
            RecordingOperator.Wait wait;
            try (Socket socket = callByHand(running, raw)) {
                assertThat(socket.isConnected()).isTrue();
                wait = running.operator.nextWait();
                assertThat(wait.end()).isNotDone();
            }
            assertCancelled(wait);
            assertThat(raw.post("{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"ping\"}")
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    /// One that cancels drops whatever still comes, so that an answer it was given has not reached its agent.
    @Test
    void whatWasGivenToAClientThatCancelsComesBackOnce() throws IOException, InterruptedException {
        try (RunningServer running = new RunningServer()) {
            RawClient raw = running.raw("token-a").initialized();
            InputStream replying = raw.waiting(1, "wait_reply", "{}");
            RecordingOperator.Wait reply = running.operator.nextWait();
            InputStream asking = raw.waiting(2, "ask", "{\"question\":\"?\"}");
            RecordingOperator.Wait answer = running.operator.nextWait();
            reply.end().complete(new Reply.Answered("go"));
            answer.end().complete(new QuestionState.Answered("q1", "red"));
            assertThat(new String(replying.readAllBytes(), StandardCharsets.UTF_8))
                    .contains("answered: go");
            assertThat(new String(asking.readAllBytes(), StandardCharsets.UTF_8))
                    .contains("answered: red");
            assertThat(running.operator.untaken).isEmpty();
            assertThat(running.raw("token-a")
                            .initialized()
                            .post(RawClient.cancel("1"))
                            .statusCode())
                    .isEqualTo(202);
            for (String id : List.of("3", "2", "1", "1", "2")) {
                assertThat(raw.post(RawClient.cancel(id)).statusCode()).isEqualTo(202);
            }
            assertThat(running.operator.untaken).containsExactly("q1", reply.about());
        }
    }

    @Test
    void aLookAtAnAnswerThatIsCancelledComesBack() throws IOException, InterruptedException {
        try (RunningServer running = new RunningServer()) {
            RawClient raw = running.raw("token-a").initialized();
            assertThat(raw.post(RawClient.toolCall(1, "ask", "{\"question\":\"?\",\"wait\":false}"))
                            .body())
                    .contains("pending");
            running.operator.answer("q1", "red");
            for (int i = 2; i < 4; i++) {
                String poll = RawClient.toolCall(i, "poll", "{\"id\":\"q1\",\"wait\":%b}".formatted(i == 3));
                assertThat(raw.post(poll).body()).contains("answered: red");
                assertThat(raw.post(RawClient.cancel(Integer.toString(i))).statusCode())
                        .isEqualTo(202);
                assertThat(running.operator.nextUntaken()).isEqualTo("q1");
            }
        }
    }

    /// A call over a connection of its own.
    private static Socket callByHand(RunningServer running, RawClient raw) throws IOException {
        String body = RawClient.toolCall(9, "wait_reply", "{}");
        Socket socket = running.connect();
        socket.getOutputStream()
                .write(("POST /mcp HTTP/1.1\r\nHost: 127.0.0.1:" + running.server.port()
                                + "\r\nAuthorization: Bearer token-a\r\nMcp-Session-Id: " + raw.session()
                                + "\r\nAccept: application/json, text/event-stream"
                                + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length()
                                + "\r\n\r\n" + body)
                        .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    /// No comment has found out that the client is gone: the first write to its connection succeeds.
    @Test
    void whatIsGivenToAClientThatHasJustGoneComesBack() throws IOException, InterruptedException {
        try (RunningServer running = new RunningServer()) {
            RawClient raw = running.raw("token-a").initialized();
            RecordingOperator.Wait wait;
            try (Socket socket = callByHand(running, raw)) {
                wait = running.operator.nextWait();
                // the call has told how to ask for its rest, so that nothing but its answer is still to come
                InputStream in = socket.getInputStream();
                StringBuilder begin = new StringBuilder();
                while (!begin.toString().contains("data: \n\n")) {
                    begin.append((char) in.read());
                }
            }
            wait.end().complete(new Reply.Answered("go"));
            assertThat(running.operator.nextUntaken()).isEqualTo(wait.about());
            assertThat(raw.post(RawClient.cancel("9")).statusCode()).isEqualTo(202);
            assertThat(running.operator.untaken).isEmpty();
        }
    }

    @Test
    void anAnswerThatCameWithTheEndOfItsCallComesBack() throws ExecutionException {
        for (OpenCall.Ending ending : OpenCall.Ending.values()) {
            OpenCall open = new OpenCall(new Caller("project-a", 1), "s", 1, "k", Instant.now());
            ToolCall call = new ToolCall(open, "k", new Quota(1), ProgressSink.NONE, Duration.ofHours(1));
            open.end(ending);
            AtomicInteger back = new AtomicInteger();
            Waited<String> waited = call.await(() -> CompletableFuture.completedFuture("go"), back::incrementAndGet);
            assertThat(waited).isEqualTo(ending.isForGood() ? new Waited.Ended<>(ending) : new Waited.Arrived<>("go"));
            open.end(OpenCall.Ending.CLIENT_GONE);
            assertThat(back).hasValue(ending.isForGood() ? 1 : 0);
            open.end(OpenCall.Ending.CANCELLED);
            assertThat(back).hasValue(1);
        }
    }

    @Test
    void aConnectionThatBreaksAfterTheAnswerSaysNothingOfIt() throws ExecutionException {
        OpenCall open = new OpenCall(new Caller("project-a", 1), "s", 1, "k", Instant.now());
        ToolCall call = new ToolCall(open, "k", new Quota(1), ProgressSink.NONE, Duration.ofHours(1));
        AtomicInteger back = new AtomicInteger();
        open.wrote();
        assertThat(call.await(() -> CompletableFuture.completedFuture("go"), back::incrementAndGet))
                .isEqualTo(new Waited.Arrived<>("go"));
        open.wrote();
        open.end(OpenCall.Ending.CLIENT_GONE);
        assertThat(back).hasValue(0);
    }

    @Test
    void aPlannedStopEndsEveryWaitWithoutAnAnswer() throws IOException, InterruptedException {
        try (RunningServer running = new RunningServer()) {
            RawClient raw = running.raw("token-a").initialized();
            InputStream asking = raw.waiting(1, "ask", "{\"question\":\"?\"}");
            RecordingOperator.Wait question = running.operator.nextWait();
            InputStream replying = raw.waiting(2, "wait_reply", "{}");
            RecordingOperator.Wait reply = running.operator.nextWait();
            running.server.close();
            for (InputStream stream : List.of(asking, replying)) {
                assertThat(new String(stream.readAllBytes(), StandardCharsets.UTF_8))
                        .doesNotContain("result");
            }
            assertCancelled(question);
            assertCancelled(reply);
            assertThat(running.operator.look(question.caller(), "q1")).isInstanceOf(QuestionState.Pending.class);
            assertThatThrownBy(() -> running.raw("token-a").send("GET", HttpRequest.BodyPublishers.noBody()))
                    .isInstanceOf(ConnectException.class);
        }
    }

    @Test
    void aStoppedServersPortCanBeTakenAgainAtOnce() throws IOException, InterruptedException {
        for (int i = 0; i < 10; i++) {
            int port;
            try (RunningServer running = new RunningServer();
                    InputStream listening =
                            running.raw("token-a").initialized().open("GET", "").body()) {
                assertThat(listening.read()).isEqualTo(':');
                port = running.server.port();
            }
            try (ToolServer next = idle(port)) {
                assertThat(next.port()).isEqualTo(port);
            }
        }
    }

    /// A server that knows no token.
    private static ToolServer idle(int port) throws IOException {
        return ToolServer.start(
                port,
                new ToolSite(
                        _ -> Optional.empty(),
                        new RecordingOperator(),
                        Neighbours.NONE,
                        (_, _) -> CompletableFuture.completedFuture(""),
                        new MemoryJournal(),
                        ""));
    }

    @Test
    void noThreadOfTheServerKeepsTheProcessAlive() throws IOException, InterruptedException {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        try (ToolServer server = idle(0)) {
            assertThat(server.port()).isPositive();
        }
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (!before.contains(thread) && !thread.isDaemon()) {
                assertThat(thread.join(Duration.ofSeconds(10)))
                        .as(thread.getName())
                        .isTrue();
            }
        }
    }

    private static void assertCancelled(RecordingOperator.Wait wait) {
        assertThatThrownBy(() -> wait.end().get(30, TimeUnit.SECONDS)).isInstanceOf(CancellationException.class);
    }
}

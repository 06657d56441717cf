package dev.agentctl.tools;

import static dev.agentctl.tools.RunningServer.call;
import static dev.agentctl.tools.RunningServer.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What an agent sees, and what the log holds, when our own side fails.
class FailureTest {
    private static final String SECRET = "secret-text";

    private final Queue<String> logged = new ConcurrentLinkedQueue<>();
    private final Logger root = Logger.getLogger("");
    private final Handler capture = new Handler() {
        private final SimpleFormatter formatter = new SimpleFormatter();

        @Override
        public void publish(@Nullable LogRecord line) {
            if (line != null) {
                logged.add(formatter.format(line));
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    private RunningServer running;
    private McpSyncClient client;

    @BeforeEach
    void start() throws IOException {
        running = new RunningServer();
        client = running.client("token-a");
        root.addHandler(capture);
        root.setLevel(Level.INFO);
    }

    @AfterEach
    void stop() {
        root.removeHandler(capture);
        root.setLevel(Level.WARNING);
        running.close();
    }

    @Test
    void anUnavailableOperatorIsSaidInItsOneLine() {
        running.operator.failure = new OperatorUnavailable("not stored: the disk is full; call again later\nmore");
        McpSchema.CallToolResult result = client.callTool(call("notify", Map.of("event", "done", "summary", "ok")));
        assertThat(result.isError()).isTrue();
        assertThat(text(result)).isEqualTo("not stored: the disk is full; call again later");
    }

    @Test
    void anUnexpectedExceptionShowsNeitherItsTextNorItsTrace() {
        running.operator.failure = new IllegalStateException(SECRET, new IOException(SECRET));
        List<McpSchema.CallToolRequest> calls = List.of(
                call("notify", Map.of("event", "done", "summary", "ok")),
                call("ask", Map.of("question", "Which?")),
                call("poll", Map.of("id", "q1")),
                call("wait_reply", Map.of()),
                call("get_context_info", Map.of()));
        for (McpSchema.CallToolRequest request : calls) {
            McpSchema.CallToolResult result = client.callTool(request);
            assertThat(result.isError()).isTrue();
            assertThat(text(result)).startsWith("the supervisor failed").doesNotContain(SECRET, "Exception", "\tat ");
        }
        assertThat(String.join("", logged))
                .contains("java.lang.IllegalStateException")
                .doesNotContain(SECRET);
    }

    @Test
    void aWaitThatFailsIsAnErrorOfTheCall() throws InterruptedException {
        CompletableFuture<McpSchema.CallToolResult> result = running.callLater(client, call("wait_reply", Map.of()));
        running.operator.nextWait().end().completeExceptionally(new OperatorUnavailable("not now; call again"));
        assertThat(text(result.join())).isEqualTo("not now; call again");
        assertThat(result.join().isError()).isTrue();
    }

    @Test
    void anUnknownToolIsAProtocolError() {
        assertThatThrownBy(() -> client.callTool(call("no_such_tool", Map.of())))
                .isInstanceOf(McpError.class)
                .hasMessageContaining("Unknown tool");
    }

    @Test
    void nothingSecretIsLogged() throws IOException, InterruptedException {
        McpSyncClient fresh = running.client("token-b");
        fresh.callTool(call("notify", Map.of("event", "done", "summary", SECRET, "details", SECRET)));
        fresh.callTool(call("ask", Map.of("question", SECRET, "wait", false)));
        fresh.callTool(call("notify", Map.of("event", SECRET.repeat(20), SECRET, SECRET)));
        RawClient raw = running.raw("token-b").initialized();
        for (String body : List.of(
                "{\"" + SECRET,
                "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/other\",\"params\":{\"x\":\"" + SECRET + "\"}}",
                "{\"jsonrpc\":\"2.0\",\"id\":\"" + SECRET + "\",\"result\":{}}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\",\"params\":\"" + SECRET + "\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":\"" + SECRET + "\"}")) {
            var _ = raw.post(body);
        }
        var _ = running.raw(SECRET).post("{}");
        assertThat(String.join("", logged)).doesNotContain(SECRET, "token-b");
    }
}

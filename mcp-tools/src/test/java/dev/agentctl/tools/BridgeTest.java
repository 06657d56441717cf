package dev.agentctl.tools;

import static dev.agentctl.tools.RunningServer.call;
import static dev.agentctl.tools.RunningServer.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.ServerParameters;
import io.modelcontextprotocol.client.transport.StdioClientTransport;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.spec.McpSchema;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The stdio bridge in front of the real server, as its clients see it.
@Timeout(120)
class BridgeTest {
    private static final String INITIALIZE = """
            {"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25",\
            "capabilities":{},"clientInfo":{"name":"raw","version":"1"}}}""";

    @TempDir
    Path folder;

    private RunningServer running;
    private Path access;

    @BeforeEach
    void start() throws IOException {
        running = new RunningServer();
        access = folder.resolve("access");
        grant(running, "token-a");
    }

    @AfterEach
    void stop() {
        running.close();
    }

    private void grant(RunningServer server, String token) throws IOException {
        Files.writeString(access, server.server.port() + " " + token + "\n");
    }

    private static String bridge() {
        return Path.of("../scripts/mcp-bridge").toAbsolutePath().normalize().toString();
    }

    /// A client that speaks by hand.
    private final class Lines implements AutoCloseable {
        private final Process process;
        private final BufferedWriter to;
        private final BufferedReader from;

        Lines() throws IOException {
            process = new ProcessBuilder(bridge(), "cat", access.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            to = process.outputWriter();
            from = process.inputReader();
        }

        void say(String line) throws IOException {
            to.write(line + "\n");
            to.flush();
        }

        String hear() throws IOException {
            String line = from.readLine();
            assertThat(line).isNotNull();
            return String.valueOf(line);
        }

        @Override
        public void close() {
            process.destroy();
        }
    }

    @Test
    void theOfficialClientFindsTheTools() {
        ServerParameters command = ServerParameters.builder(bridge())
                .args("cat", access.toString())
                .build();
        try (McpSyncClient client = McpClient.sync(new StdioClientTransport(command, McpJsonDefaults.getMapper()))
                .requestTimeout(Duration.ofMinutes(1))
                .build()) {
            assertThat(client.initialize().serverInfo().name()).isEqualTo("agentctl");
            assertThat(client.listTools().tools())
                    .extracting(McpSchema.Tool::name)
                    .contains("ask", "unattended_mode");
            String large = "x".repeat(50_000);
            Map<String, Object> notice = Map.of("event", "done", "summary", "ok", "details", large);
            assertThat(text(client.callTool(call("notify", notice)))).startsWith("stored");
            assertThat(running.operator.told.getFirst().notice().details()).contains(large);
            assertThat(client.ping()).isNotNull();
        }
    }

    @Test
    void aWaitingCallHoldsNothingUpAndCanBeCancelled() throws IOException, InterruptedException {
        try (Lines client = new Lines()) {
            client.say(INITIALIZE);
            assertThat(client.hear()).contains("\"protocolVersion\":\"2025-11-25\"");
            client.say("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}");
            client.say(RawClient.toolCall(1, "wait_reply", "{}").strip());
            RecordingOperator.Wait first = running.operator.nextWait();
            client.say(RawClient.toolCall(2, "wait_reply", "{}").strip());
            RecordingOperator.Wait second = running.operator.nextWait();
            client.say("{\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"ping\"}");
            assertThat(client.hear()).contains("\"id\":3").contains("\"result\"");
            client.say("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":1}}");
            assertThat(first.end().handle((_, _) -> true).join()).isTrue();
            second.end().complete(new Reply.Answered("go"));
            assertThat(client.hear()).contains("\"id\":2").contains("answered: go");
        }
    }

    @Test
    void whatItsClientDoesNotTakeComesBack() throws IOException, InterruptedException {
        try (Lines client = new Lines()) {
            client.say(INITIALIZE);
            client.hear();
            client.say(RawClient.toolCall(1, "wait_reply", "{}").strip());
            RecordingOperator.Wait first = running.operator.nextWait();
            client.say(RawClient.toolCall(2, "wait_reply", "{}").strip());
            RecordingOperator.Wait second = running.operator.nextWait();
            first.end().complete(new Reply.Answered("go"));
            assertThat(client.hear()).contains("\"id\":1").contains("answered: go");
            client.say("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":1}}");
            assertThat(running.operator.nextUntaken()).isEqualTo(first.about());
            client.from.close();
            second.end().complete(new Reply.Answered("go on"));
            assertThat(running.operator.nextUntaken()).isEqualTo(second.about());
            assertThat(client.process.waitFor(30, java.util.concurrent.TimeUnit.SECONDS))
                    .isTrue();
        }
    }

    @Test
    void whatIsNoMessageIsAnsweredAndTheNextIsRead() throws IOException {
        try (Lines client = new Lines()) {
            client.say(INITIALIZE);
            client.hear();
            client.say("{\"jsonrpc\": nonsense");
            assertThat(client.hear()).contains("-32700");
            client.say("[1, 2]");
            assertThat(client.hear()).contains("-32600");
            client.say("y".repeat(5_000_000));
            assertThat(client.hear()).contains("-32600").contains("longer than");
            client.say("");
            client.say("{\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"ping\"}");
            assertThat(client.hear()).contains("\"id\":3").contains("\"result\"");
            client.say("{\"jsonrpc\":\"2.0\",\"id\":4,\"method\":\"no/such\"}");
            assertThat(client.hear()).contains("\"id\":4").contains("\"error\"");
        }
    }

    @Test
    void aWaitingCallGoesOnInTheNextProcess() throws IOException, InterruptedException {
        try (Lines client = new Lines()) {
            client.say(INITIALIZE);
            client.hear();
            client.say(RawClient.toolCall(1, "wait_reply", "{}").strip());
            RecordingOperator.Wait before = running.operator.nextWait();
            try (RunningServer next = running.next()) {
                RecordingOperator.Wait after = next.operator.nextWait();
                assertThat(after.about()).isEqualTo(before.about());
                after.end().complete(new Reply.Answered("go"));
                assertThat(client.hear()).contains("\"id\":1").contains("answered: go");
            }
        }
    }

    @Test
    void aForgottenSessionAndTokenAreReplaced() throws IOException {
        try (Lines client = new Lines();
                RunningServer other = new RunningServer()) {
            client.say(INITIALIZE);
            client.hear();
            running.close();
            grant(other, "token-b");
            client.say("{\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"ping\"}");
            assertThat(client.hear()).contains("\"id\":3").contains("\"result\"");
        }
    }

    @Test
    void itEndsWithItsClient() throws IOException {
        try (Lines client = new Lines()) {
            client.say(INITIALIZE);
            client.hear();
            client.to.close();
            CompletableFuture<Process> end = client.process.onExit();
            assertThat(end.orTimeout(30, java.util.concurrent.TimeUnit.SECONDS)
                            .join()
                            .exitValue())
                    .isZero();
        }
    }

    @Test
    void aClientThatStartsWithoutASupervisorIsToldWhatToDo() throws IOException {
        Files.delete(access);
        try (Lines client = new Lines()) {
            client.say(INITIALIZE);
            assertThat(client.hear()).contains("\"id\":0").contains("agentctl up");
        }
    }
}

package dev.agentctl.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.BindException;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Who is let in, and what is answered to those who are not.
class AccessTest {
    private static final String PING = "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"ping\"}";
    private static final String NOTIFY = RawClient.toolCall(1, "notify", "{\"event\":\"done\",\"summary\":\"ok\"}");

    private RunningServer running;

    @BeforeEach
    void start() throws IOException {
        running = new RunningServer();
    }

    @AfterEach
    void stop() {
        running.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Bearer", "Bearer ", "Bearer token-z", "Basic token-a", "token-a"})
    void withoutAKnownTokenNothingIsServed(String authorization) throws IOException, InterruptedException {
        RawClient raw = running.raw("token-a").with("Authorization", authorization);
        HttpResponse<String> response = raw.post("""
                {"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25",
                 "capabilities":{},"clientInfo":{"name":"raw","version":"1"}}}""");
        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.headers().firstValue("WWW-Authenticate")).contains("Bearer");
        assertThat(response.headers().firstValue("Mcp-Session-Id")).isEmpty();
        assertError(response, -32000);
    }

    @Test
    void theSchemeOfTheTokenIsReadInAnyCase() throws IOException, InterruptedException {
        RawClient raw =
                running.raw("token-a").with("Authorization", "bearer token-a").initialized();
        assertThat(raw.post(PING).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "GET", "DELETE"})
    void anotherCallersSessionDoesNotExist(String method) throws IOException, InterruptedException {
        RawClient owner = running.raw("token-a").initialized();
        HttpResponse<String> response = owner.with("Authorization", "Bearer token-b")
                .send(method, HttpRequest.BodyPublishers.ofString(method.equals("POST") ? NOTIFY : ""));
        assertThat(response.statusCode()).isEqualTo(404);
        assertError(response, -32000);
        assertThat(running.operator.told).isEmpty();
        assertThat(owner.post(PING).statusCode()).isEqualTo(200);
    }

    @Test
    void anotherCallersWaitCannotBeCancelled() throws IOException, InterruptedException {
        RawClient owner = running.raw("token-a").initialized();
        var stream = owner.open("POST", RawClient.toolCall(5, "wait_reply", "{}"));
        RecordingOperator.Wait wait = running.operator.nextWait();
        HttpResponse<String> foreign =
                owner.with("Authorization", "Bearer token-b").post(cancel(5));
        assertThat(foreign.statusCode()).isEqualTo(404);
        assertThat(wait.end()).isNotDone();
        wait.end().complete(new Reply.Answered("go"));
        assertThat(new String(stream.body().readAllBytes(), StandardCharsets.UTF_8))
                .contains("answered: go");
    }

    private static String cancel(int id) {
        return "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":" + id + "}}";
    }

    @Test
    void anUnknownSessionIs404SoThatTheClientInitializesAgain() throws IOException, InterruptedException {
        HttpResponse<String> response =
                running.raw("token-a").with("Mcp-Session-Id", "gone").post(PING);
        assertThat(response.statusCode()).isEqualTo(404);
    }

    @Test
    void aDeletedSessionIsGone() throws IOException, InterruptedException {
        RawClient raw = running.raw("token-a").initialized();
        assertThat(raw.send("DELETE", HttpRequest.BodyPublishers.noBody()).statusCode())
                .isEqualTo(200);
        assertThat(raw.post(PING).statusCode()).isEqualTo(404);
    }

    @Test
    void withoutASessionOnlyInitializeIsServed() throws IOException, InterruptedException {
        HttpResponse<String> response = running.raw("token-a").post(PING);
        assertThat(response.statusCode()).isEqualTo(400);
        assertError(response, -32600);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://evil.example", "null", "https://127.0.0.1", "http://127.0.0.1:1"})
    void aForeignOriginIsForbidden(String origin) throws IOException, InterruptedException {
        HttpResponse<String> response =
                running.raw("token-a").with("Origin", origin).post(PING);
        assertThat(response.statusCode()).isEqualTo(403);
        assertError(response, -32000);
    }

    @Test
    void ourOwnOriginIsAllowed() throws IOException, InterruptedException {
        RawClient raw = running.raw("token-a").initialized();
        String origin = "http://127.0.0.1:" + running.server.port();
        assertThat(raw.with("Origin", origin).post(PING).statusCode()).isEqualTo(200);
    }

    /// All that a page in a local browser can send without asking: no token, and an Origin of its own.
    @Test
    void aBrowsersFormReachesNothing() throws IOException {
        String body = "payload=" + NOTIFY;
        assertThat(statusFor("POST /mcp HTTP/1.1\r\nHost: 127.0.0.1:" + running.server.port()
                        + "\r\nOrigin: https://evil.example\r\nContent-Type: application/x-www-form-urlencoded"
                        + "\r\nContent-Length: " + body.length() + "\r\nConnection: close\r\n\r\n" + body))
                .isEqualTo(403);
        assertThat(running.operator.told).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"evil.example,421", "127.0.0.1:1,421", "localhost,421"})
    void aForeignHostIsMisdirected(String host, int status) throws IOException {
        assertThat(statusFor("POST /mcp HTTP/1.1\r\nHost: " + host
                        + "\r\nAuthorization: Bearer token-a\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"))
                .isEqualTo(status);
    }

    @Test
    void localhostNamesThisServerToo() throws IOException {
        assertThat(statusFor("PUT /mcp HTTP/1.1\r\nHost: localhost:" + running.server.port()
                        + "\r\nAuthorization: Bearer token-a\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"))
                .isEqualTo(405);
    }

    private int statusFor(String request) throws IOException {
        try (Socket socket = running.connect()) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            BufferedReader answer =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            return Integer.parseInt(String.valueOf(answer.readLine()).split(" ", 3)[1]);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"2024-11-05", "2026-07-28", "1", "x"})
    void anUnsupportedProtocolVersionIsABadRequest(String version) throws IOException, InterruptedException {
        RawClient raw = running.raw("token-a").initialized().with("MCP-Protocol-Version", version);
        HttpResponse<String> response = raw.post(PING);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("2025-11-25");
        assertThat(raw.send("GET", HttpRequest.BodyPublishers.noBody()).statusCode())
                .isEqualTo(400);
    }

    @Test
    void theNewerProtocolsFirstQuestionIsAnsweredSuchThatClientsFallBack() throws IOException, InterruptedException {
        HttpResponse<String> response = running.raw("token-a")
                .with("MCP-Protocol-Version", "2026-07-28")
                .post("{\"jsonrpc\":\"2.0\",\"id\":\"d\",\"method\":\"server/discover\",\"params\":{}}");
        assertThat(response.statusCode()).isEqualTo(400);
        assertError(response, -32601);
        assertThat(response.body()).contains("\"id\":\"d\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "null",
                "[]",
                "{}",
                "42",
                "{\"jsonrpc\":\"1.0\",\"id\":1,\"method\":\"ping\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":\"ping\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":1}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"params\":\"x\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"clientInfo\":7}}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":3}}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"ask\",\"arguments\":[]}}"
            })
    void whatIsNotJsonRpcIsABadRequest(String body) throws IOException, InterruptedException {
        HttpResponse<String> response = running.raw("token-a").initialized().post(body);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body())
                .startsWith("{\"jsonrpc\":\"2.0\",\"id\":")
                .doesNotContain("Exception", "stackTrace");
    }

    @Test
    void deeplyNestedJsonIsABadRequest() throws IOException, InterruptedException {
        HttpResponse<String> response = running.raw("token-a").initialized().post("{\"a\":" + "[".repeat(200_000));
        assertThat(response.statusCode()).isEqualTo(400);
    }

    @Test
    void bytesThatAreNotUtf8AreABadRequest() throws IOException, InterruptedException {
        HttpResponse<String> response = running.raw("token-a")
                .initialized()
                .send("POST", HttpRequest.BodyPublishers.ofByteArray(new byte[] {'{', (byte) 0xff, '}'}));
        assertThat(response.statusCode()).isEqualTo(400);
        assertError(response, -32000);
    }

    @ParameterizedTest
    @CsvSource({
        "Accept,application/json,400",
        "Content-Type,text/plain,415",
        "Content-Type,application/x-www-form-urlencoded,415",
        "Content-Type,multipart/form-data; boundary=x,415"
    })
    void headersThatTheProtocolForbidsAreNamedInJsonRpc(String name, String value, int status)
            throws IOException, InterruptedException {
        HttpResponse<String> response =
                running.raw("token-a").initialized().with(name, value).post(PING);
        assertThat(response.statusCode()).isEqualTo(status);
        assertError(response, -32600);
    }

    @Test
    void aBodyThatIsTooLargeIsRefused() throws IOException {
        assertThat(statusOfUpload("/mcp", McpFilter.MOST_BYTES + 1)).isEqualTo(413);
        assertThat(statusOfUpload("/hook/Stop", HookCall.MOST_BYTES + 1)).isEqualTo(413);
    }

    @Test
    void aBodyOfUnknownLengthThatGrowsTooLargeIsRefused() throws IOException, InterruptedException {
        byte[] large = new byte[McpFilter.MOST_BYTES + 1];
        HttpResponse<String> response = running.raw("token-a")
                .send("POST", HttpRequest.BodyPublishers.fromPublisher(HttpRequest.BodyPublishers.ofByteArray(large)));
        assertThat(response.statusCode()).isEqualTo(413);
    }

    /// As Node.js does: an answer before the end would be a broken connection to it.
    @Test
    void whoSendsAllOfABodyThatIsTooLargeBeforeListeningHearsWhy() throws IOException {
        assertThat(statusOfWhole("/mcp", McpFilter.MOST_BYTES)).isEqualTo(413);
        assertThat(statusOfWhole("/hook/Stop", HookCall.MOST_BYTES)).isEqualTo(413);
    }

    private int statusOfWhole(String path, int tooFew) throws IOException {
        int size = tooFew + 6 * 1024 * 1024;
        return statusFor(upload(path, size) + "x".repeat(size));
    }

    /// Announces a body of that size without sending it.
    private int statusOfUpload(String path, int size) throws IOException {
        return statusFor(upload(path, size));
    }

    private String upload(String path, int size) {
        return "POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + running.server.port()
                + "\r\nAuthorization: Bearer token-a\r\nContent-Type: application/json\r\nContent-Length: "
                + size + "\r\nConnection: close\r\n\r\n";
    }

    @Test
    void anUnknownPathIsNotFoundAndShowsNothing() throws IOException {
        try (Socket socket = running.connect()) {
            socket.getOutputStream()
                    .write(("GET /else HTTP/1.1\r\nHost: 127.0.0.1:" + running.server.port()
                                    + "\r\nAuthorization: Bearer token-a\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).startsWith("HTTP/1.1 404").doesNotContainIgnoringCase("jetty");
        }
    }

    @Test
    void aTakenPortIsSaidInOneLine() {
        int taken = running.server.port();
        assertThatThrownBy(() -> ToolServer.start(
                        taken,
                        new ToolSite(
                                _ -> Optional.empty(),
                                running.operator,
                                Neighbours.NONE,
                                (_, _) -> CompletableFuture.completedFuture(""),
                                new MemoryJournal(),
                                "")))
                .isInstanceOf(BindException.class)
                .hasMessage("port " + taken + " on 127.0.0.1 is taken by another process; stop that process or choose"
                        + " another port");
    }

    private static void assertError(HttpResponse<String> response, int code) {
        assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("application/json");
        assertThat(response.body())
                .startsWith("{\"jsonrpc\":\"2.0\",\"id\":")
                .contains("\"code\":" + code)
                .doesNotContain("stackTrace", "Exception");
    }
}

package dev.agentctl.tools;

import static dev.agentctl.tools.RawClient.toolCall;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What an operator's own clients are let do, and who is let in at all.
@Timeout(60)
class RemoteTest {
    private static final String LIST = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}";
    private static final Guest READER = new Guest("reader", false, Optional.empty());
    private static final Guest WRITER = new Guest("writer", true, Optional.empty());
    private static final Guest BOUND = new Guest("bound", true, Optional.of("b"));

    private final Map<String, Guest> tokens = new ConcurrentHashMap<>(Map.of("r", READER, "w", WRITER, "b", BOUND));
    private final RecordingFleet fleet = new RecordingFleet();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private RemoteServer server;
    private volatile boolean ready = true;

    private final Guests guests = new Guests() {
        @Override
        public Optional<Guest> of(String bearerToken) {
            return Optional.ofNullable(tokens.get(bearerToken));
        }

        @Override
        public Optional<Guest> named(String name) {
            return tokens.values().stream()
                    .filter(guest -> guest.name().equals(name))
                    .findFirst();
        }
    };

    @BeforeEach
    void start() throws IOException {
        serve(true, Optional.empty());
    }

    private void serve(boolean writes, Optional<URI> url) throws IOException {
        if (server != null) {
            server.close();
        }
        server = RemoteServer.start(
                new RemoteAddress("127.0.0.1", 0, url, List.of(URI.create("https://auth.example"))),
                new RemoteSite(guests, fleet, writes, () -> ready, () -> "agentctl_waits 1\n"));
    }

    @AfterEach
    void stop() {
        server.close();
        http.close();
    }

    private RawClient raw(String token) {
        return new RawClient(http, local("/mcp"), Map.of("Authorization", token.isEmpty() ? "" : "Bearer " + token));
    }

    private URI local(String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }

    private HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(local(path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private String call(String token, String tool, String arguments) throws IOException, InterruptedException {
        return raw(token).initialized().post(toolCall(1, tool, arguments)).body();
    }

    @Test
    void whoHasNoTokenIsToldWhereToLookForOne() throws IOException, InterruptedException {
        for (String token : List.of("", "x")) {
            HttpResponse<String> refused = raw(token).post(LIST);
            assertThat(refused.statusCode()).isEqualTo(401);
            assertThat(refused.headers().firstValue("WWW-Authenticate").orElse(""))
                    .startsWith("Bearer " + (token.isEmpty() ? "" : "error=\"invalid_token\", ") + "scope=\"read\"")
                    .endsWith("resource_metadata=\"http://127.0.0.1:" + server.port()
                            + "/.well-known/oauth-protected-resource/mcp\"");
        }
        HttpResponse<String> metadata = get("/.well-known/oauth-protected-resource/mcp");
        assertThat(metadata.statusCode()).isEqualTo(200);
        assertThat(metadata.body())
                .contains("\"resource\":\"http://127.0.0.1:" + server.port() + "/mcp\"")
                .contains("\"authorization_servers\":[\"https://auth.example\"]");
    }

    @Test
    void aTokenThatIsRevokedOpensNothingAnyMore() throws IOException, InterruptedException {
        RawClient client = raw("w").initialized();
        assertThat(client.post(LIST).statusCode()).isEqualTo(200);
        tokens.remove("w");
        assertThat(client.post(LIST).statusCode()).isEqualTo(401);
    }

    @Test
    void scopeReadSeesAndMayOnlyUseWhatLooks() throws IOException, InterruptedException {
        assertThat(raw("r").initialized().post(LIST).body())
                .contains("list_sessions", "session_status", "read_session")
                .doesNotContain("send_to_session", "stop_session", "start_session");
        assertThat(raw("w").initialized().post(LIST).body())
                .contains("send_to_session", "answer", "start_session", "stop_session");
        assertThat(call("r", "stop_session", "{\"session\":\"a\"}"))
                .contains("may only look")
                .contains("\"isError\":true");
        assertThat(fleet.done).isEmpty();
    }

    @Test
    void sessionsAreListedReadAndToldWhatTheyWaitFor() throws IOException, InterruptedException {
        assertThat(call("r", "list_sessions", "{}")).contains("\"session\":\"a\"", "\"session\":\"b\"", "idle");
        assertThat(call("r", "session_status", "{\"session\":\"a\"}")).contains("\"id\":\"q1\"", "Which colour?");
        assertThat(call("r", "read_session", "{\"session\":\"a\"}")).contains("screen of a");
        assertThat(call("r", "read_session", "{\"session\":\"c\"}")).contains("no session of that name");
    }

    @Test
    void whatIsWrittenIsDoneInTheGuestsName() throws IOException, InterruptedException {
        assertThat(call("w", "send_to_session", "{\"session\":\"a\",\"message\":\"go on\"}"))
                .contains("\"sent\":true");
        assertThat(call("w", "answer", "{\"id\":\"q1\",\"answer\":\"blue\"}")).contains("\"sent\":true");
        assertThat(call("w", "answer", "{\"id\":\"q9\",\"answer\":\"blue\"}")).contains("nothing waits under that id");
        assertThat(call("w", "start_session", "{\"session\":\"b\"}")).contains("\"sent\":true");
        assertThat(call("w", "stop_session", "{\"session\":\"b\"}")).contains("\"sent\":true");
        assertThat(fleet.done)
                .containsExactly("writer send a go on", "writer answer q1 blue", "writer start b", "writer stop b");
    }

    @Test
    void withoutLeaveToWriteItStaysADraft() throws IOException, InterruptedException {
        serve(false, Optional.empty());
        assertThat(call("w", "send_to_session", "{\"session\":\"a\",\"message\":\"go on\"}"))
                .contains("\"sent\":false", "mcp.remote.writes", "\"draft\":\"to a: go on\"");
        assertThat(fleet.done).isEmpty();
    }

    @Test
    void aTokenOfOneProjectReachesNoOther() throws IOException, InterruptedException {
        assertThat(call("b", "list_sessions", "{}"))
                .contains("\"session\":\"b\"")
                .doesNotContain("\"session\":\"a\"");
        assertThat(call("b", "read_session", "{\"session\":\"a\"}")).contains("no session of that name");
        assertThat(call("b", "send_to_session", "{\"session\":\"a\",\"message\":\"x\"}"))
                .contains("no session of that name");
        assertThat(call("b", "answer", "{\"id\":\"q1\",\"answer\":\"x\"}")).contains("nothing waits under that id");
        assertThat(fleet.done).isEmpty();
    }

    @Test
    void anotherGuestsMcpSessionDoesNotExist() throws IOException, InterruptedException {
        RawClient writer = raw("w").initialized();
        assertThat(writer.with("Authorization", "Bearer r").post(LIST).statusCode())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://evil.example", "null", "https://127.0.0.1"})
    void aForeignOriginIsForbidden(String origin) throws IOException, InterruptedException {
        assertThat(raw("w").with("Origin", origin).post(LIST).statusCode()).isEqualTo(403);
    }

    @ParameterizedTest
    @CsvSource({"evil.example,421", "agents.example,200", "AGENTS.example,200"})
    void onlyItsOwnNamesAreServed(String host, int status) throws IOException {
        serve(true, Optional.of(URI.create("https://agents.example/mcp")));
        assertThat(answerTo("/healthz", "Host: " + host)).startsWith("HTTP/1.1 " + status);
    }

    private String answerTo(String path, String headers) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\n" + headers + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void probesTellWhetherItIsThereAndWhetherItCanWork() throws IOException, InterruptedException {
        assertThat(get("/healthz").body()).isEqualTo("ok\n");
        assertThat(get("/readyz").statusCode()).isEqualTo(200);
        ready = false;
        assertThat(get("/readyz").statusCode()).isEqualTo(503);
        assertThat(get("/healthz").statusCode()).isEqualTo(200);
    }

    @Test
    void figuresAreForThisMachineAndForTokens() throws IOException, InterruptedException {
        assertThat(get("/metrics").body()).isEqualTo("agentctl_waits 1\n");
        assertThat(get("/metrics", "X-Forwarded-For", "203.0.113.7").statusCode())
                .isEqualTo(401);
        assertThat(get("/metrics", "X-Forwarded-For", "203.0.113.7", "Authorization", "Bearer r")
                        .statusCode())
                .isEqualTo(200);
        serve(true, Optional.of(URI.create("https://agents.example/mcp")));
        assertThat(answerTo("/metrics", "Host: agents.example")).startsWith("HTTP/1.1 401");
    }
}

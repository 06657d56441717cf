package dev.agentctl.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The route that agents' HTTP hooks take.
class HookTest {
    private RunningServer running;

    @BeforeEach
    void start() throws IOException {
        running = new RunningServer();
    }

    @AfterEach
    void stop() {
        running.close();
    }

    private RawClient at(String path) {
        return new RawClient(
                running.http,
                URI.create("http://127.0.0.1:" + running.server.port() + path),
                Map.of("Authorization", "Bearer token-b"));
    }

    private CompletableFuture<HttpResponse<String>> post(String path, String body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + running.server.port() + path))
                .header("Authorization", "Bearer token-b")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return running.http.sendAsync(request, HttpResponse.BodyHandlers.ofString());
    }

    private RunningServer.Hook nextHook() throws InterruptedException {
        RunningServer.Hook hook = running.hooks.poll(30, TimeUnit.SECONDS);
        if (hook == null) {
            throw new AssertionError("no hook came");
        }
        return hook;
    }

    @Test
    void aHookIsAnsweredWithTheDecision() throws InterruptedException {
        var response = post("/hook/PermissionRequest", "{\"tool_name\":\"Bash\",\"text\":\"grün\"}");
        RunningServer.Hook hook = nextHook();
        assertThat(hook.caller()).isEqualTo(new Caller("project-b", 1));
        assertThat(hook.event()).isEqualTo("PermissionRequest");
        assertThat(hook.json()).isEqualTo("{\"tool_name\":\"Bash\",\"text\":\"grün\"}");
        hook.decision().complete("{\"decision\":\"grün\"}");
        assertThat(response.join().statusCode()).isEqualTo(200);
        // an empty line may have gone before it
        assertThat(response.join().body()).isEqualToIgnoringWhitespace("{\"decision\":\"grün\"}");
        assertThat(response.join().headers().firstValue("Content-Type").orElse(""))
                .startsWith("application/json");
    }

    @Test
    void aHookThatComesBackSaysWhichItWas() throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<String>> response = CompletableFuture.supplyAsync(() -> {
            try {
                return at("/hook/PermissionRequest")
                        .with("Idempotency-Key", "run 7")
                        .post("{}");
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        RunningServer.Hook hook = nextHook();
        assertThat(hook.key()).isEqualTo("run 7");
        hook.decision().complete("{}");
        assertThat(response.join().body()).isEqualToIgnoringWhitespace("{}");
    }

    @Test
    void aHookThatWaitsIsToldSoUntilItIsAnswered() throws IOException, InterruptedException {
        try (Socket socket = running.connect();
                BufferedReader answer =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))) {
            send(socket);
            RunningServer.Hook hook = nextHook();
            String header = answer.readLine();
            while (header != null && !header.isEmpty()) {
                header = answer.readLine();
            }
            assertThat(answer.readLine()).isEmpty();
            hook.decision().complete("{\"yes\":1}");
            assertThat(answer.lines().filter(line -> !line.isEmpty())).containsExactly("{\"yes\":1}");
        }
    }

    @Test
    void aHookThatIsEndedByItsAgentIsNoticed() throws IOException, InterruptedException {
        RunningServer.Hook hook;
        try (Socket socket = running.connect()) {
            send(socket);
            hook = nextHook();
        }
        assertThat(hook.decision())
                .failsWithin(Duration.ofSeconds(30))
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(HookGone.class);
    }

    private void send(Socket socket) throws IOException {
        socket.getOutputStream()
                .write(("POST /hook/PermissionRequest HTTP/1.0\r\nHost: 127.0.0.1:" + running.server.port()
                                + "\r\nAuthorization: Bearer token-b\r\nContent-Length: 2\r\n\r\n{}")
                        .getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void nothingToSayIsAnEmptyBody() throws InterruptedException {
        var response = post("/hook/Stop", "{}");
        nextHook().decision().complete("");
        assertThat(response.join().statusCode()).isEqualTo(200);
        assertThat(response.join().body()).isBlank();
    }

    @Test
    void aFailedDecisionIsAnErrorWithoutItsText() throws InterruptedException {
        var response = post("/hook/Stop", "{}");
        nextHook().decision().completeExceptionally(new IllegalStateException("secret-text"));
        assertThat(response.join().statusCode()).isEqualTo(500);
        assertThat(response.join().body()).doesNotContain("secret-text", "Exception");
    }

    @Test
    void aLargePayloadArrivesWhole() throws InterruptedException {
        String json = "{\"output\":\"" + "x".repeat(15_000_000) + "\"}";
        var response = post("/hook/PostToolUse", json);
        RunningServer.Hook hook = nextHook();
        assertThat(hook.json()).hasSameSizeAs(json);
        hook.decision().complete("");
        assertThat(response.join().statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"POST,/hook/,404", "POST,/hook/a/b,404", "POST,/hook/a%20b,404", "POST,/hook,404", "GET,/hook/Stop,405"
    })
    void otherAddressesAndMethodsAreRefused(String method, String path, int status)
            throws IOException, InterruptedException {
        HttpResponse<String> response = at(path).send(method, HttpRequest.BodyPublishers.noBody());
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(running.hooks).isEmpty();
    }

    @Test
    void aHookWithoutATokenIsRefused() throws IOException, InterruptedException {
        HttpResponse<String> response =
                at("/hook/Stop").with("Authorization", "").post("{}");
        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(running.hooks).isEmpty();
    }

    @Test
    void aPlannedStopLeavesAHookWithNothingToSay() throws InterruptedException {
        var response = post("/hook/PermissionRequest", "{}");
        RunningServer.Hook hook = nextHook();
        running.server.close();
        assertThat(response.join().statusCode()).isEqualTo(200);
        assertThat(response.join().body()).isBlank();
        assertThat(hook.decision()).isCancelled();
    }
}

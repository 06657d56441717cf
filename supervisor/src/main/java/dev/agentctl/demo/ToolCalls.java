package dev.agentctl.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/// Calls the supervisor's tools as an MCP client: JSON-RPC over Streamable HTTP (MCP 2025-11-25, "Transports"). By hand
/// and not by the SDK, whose client alone would take longer to start than all else of the demo. One thread may use it.
final class ToolCalls {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String VERSION = "2025-11-25";
    private static final Duration PATIENCE_TO_CONNECT = Duration.ofSeconds(10);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE_TO_CONNECT).build();
    private final URI endpoint;
    private final String token;
    private String session = "";
    private int lastId;

    /// @param port of the supervisor on this machine
    /// @param token of this start of the session
    ToolCalls(int port, String token) {
        this.endpoint = URI.create("http://127.0.0.1:" + port + "/mcp");
        this.token = token;
    }

    /// Calls a tool and waits for what it says, for as long as that takes.
    ///
    /// @throws IOException when the supervisor cannot be reached or refuses the call
    String call(String tool, Map<String, Object> arguments) throws IOException, InterruptedException {
        if (session.isEmpty()) {
            initialize();
        }
        JsonNode result = request("tools/call", Map.of("name", tool, "arguments", arguments));
        return result.path("content").path(0).path("text").asString("");
    }

    private void initialize() throws IOException, InterruptedException {
        request(
                "initialize",
                Map.of(
                        "protocolVersion",
                        VERSION,
                        "capabilities",
                        Map.of(),
                        "clientInfo",
                        Map.of("name", "agentctl-demo", "version", "1")));
        post(Map.of("jsonrpc", "2.0", "method", "notifications/initialized"))
                .body()
                .close();
    }

    private JsonNode request(String method, Map<String, Object> parameters) throws IOException, InterruptedException {
        int id = ++lastId;
        HttpResponse<Stream<String>> response =
                post(Map.of("jsonrpc", "2.0", "id", id, "method", method, "params", parameters));
        try (Stream<String> lines = response.body()) {
            response.headers().firstValue("Mcp-Session-Id").ifPresent(opened -> session = opened);
            // an event stream holds its messages in lines of `data:`; a plain answer is one
            JsonNode answer = lines.map(line -> message(line, id))
                    .flatMap(Optional::stream)
                    .findFirst()
                    .orElseThrow(() -> new IOException(method + " was not answered, HTTP " + response.statusCode()));
            if (answer.has("error")) {
                throw new IOException(answer.path("error").path("message").asString("the call was refused"));
            }
            return answer.path("result");
        } catch (java.io.UncheckedIOException e) {
            throw new IOException("the supervisor went away during " + method, e);
        }
    }

    /// The answer to a request, where a line holds it; progress and comments are passed over.
    private static Optional<JsonNode> message(String line, int id) {
        String json = line.startsWith("data:") ? line.substring("data:".length()) : line;
        try {
            JsonNode message = JSON.readTree(json);
            boolean answer = message.path("id").asInt(0) == id && !message.has("method");
            return answer || message.has("error") ? Optional.of(message) : Optional.empty();
        } catch (JacksonException _) {
            return Optional.empty();
        }
    }

    private HttpResponse<Stream<String>> post(Map<String, Object> message) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(endpoint)
                .header("Authorization", "Bearer " + token)
                .header("Accept", "application/json, text/event-stream")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(message), StandardCharsets.UTF_8));
        if (!session.isEmpty()) {
            request.header("Mcp-Session-Id", session).header("MCP-Protocol-Version", VERSION);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofLines());
    }

    /// The options of a question, as `ask` wants them.
    static Map<String, Object> question(String question, List<String> options) {
        return Map.of("question", question, "options", options, "wait", false);
    }
}

package dev.agentctl.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Answers every request of the agents: the model APIs by their scripts, anything that only reads with a 200.
final class ModelRoutes implements HttpHandler {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final ModelRecord record;
    private final ModelGates gates;
    private final AtomicLong answers = new AtomicLong();

    ModelRoutes(ModelRecord record, ModelGates gates) {
        this.record = record;
        this.gates = gates;
    }

    /// A client that went away in the middle is nothing to report: agents interrupt their requests.
    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (exchange.getRequestMethod().equals("POST")) {
                post(exchange);
            } else {
                sendJson(exchange, 200, "{\"data\":[],\"models\":[]}");
            }
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    private void post(HttpExchange exchange) throws IOException, InterruptedException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        try {
            post(exchange, JSON.readTree(body));
        } catch (JacksonException broken) {
            sendJson(exchange, 400, "{\"error\":{\"message\":\"not JSON\",\"type\":\"invalid_request_error\"}}");
        }
    }

    private void post(HttpExchange exchange, JsonNode body) throws IOException, InterruptedException {
        String path = String.valueOf(exchange.getRequestURI().getPath());
        if (path.startsWith("/v1beta/models/")) {
            gemini(exchange, path, body);
            return;
        }
        switch (path) {
            case "/v1/messages" -> anthropic(exchange, body);
            case "/v1/messages/count_tokens" -> sendJson(exchange, 200, "{\"input_tokens\":10}");
            case "/v1/responses" -> responses(exchange, body);
            case "/v1/chat/completions" -> chat(exchange, body);
            default -> sendJson(exchange, 404, "{\"error\":{\"message\":\"no such route\",\"type\":\"not_found\"}}");
        }
    }

    private void anthropic(HttpExchange exchange, JsonNode body) throws IOException, InterruptedException {
        ModelRequest request = AnthropicRequest.read(header(exchange, "X-Claude-Code-Session-Id"), body);
        send(exchange, request, new AnthropicAnswer(model(body), nextId()));
    }

    private void responses(HttpExchange exchange, JsonNode body) throws IOException, InterruptedException {
        ModelRequest request = ResponsesRequest.read(header(exchange, "thread-id"), body);
        send(exchange, request, new ResponsesAnswer(model(body), nextId()));
    }

    private void chat(HttpExchange exchange, JsonNode body) throws IOException, InterruptedException {
        send(exchange, ChatRequest.read(body), new ChatAnswer(model(body), nextId()));
    }

    private void gemini(HttpExchange exchange, String path, JsonNode body) throws IOException, InterruptedException {
        if (path.endsWith(":countTokens")) {
            sendJson(exchange, 200, "{\"totalTokens\":10}");
            return;
        }
        ModelRequest request = GeminiRequest.read(path.endsWith(":streamGenerateContent"), body);
        send(exchange, request, new GeminiAnswer());
    }

    private void send(HttpExchange exchange, ModelRequest request, ModelWriter writer)
            throws IOException, InterruptedException {
        ModelAnswer answer = answer(request);
        if (request.streamed() && !(answer instanceof ModelAnswer.Failure)) {
            stream(exchange, answer, writer);
            return;
        }
        switch (answer) {
            case ModelAnswer.Failure failure ->
                sendJson(exchange, failure.status(), writer.error(failure).toString());
            case ModelAnswer.Call call ->
                sendJson(exchange, 200, writer.whole(call).toString());
            case ModelAnswer.Text text ->
                sendJson(exchange, 200, writer.whole(text).toString());
        }
    }

    private void stream(HttpExchange exchange, ModelAnswer answer, ModelWriter writer)
            throws IOException, InterruptedException {
        try (EventStream out = new EventStream(exchange, gates)) {
            switch (answer) {
                case ModelAnswer.Call call -> writer.stream(call, out);
                case ModelAnswer.Text text -> writer.stream(text, out);
                case ModelAnswer.Failure failure -> throw new IllegalStateException("not streamed: " + failure);
            }
        }
    }

    /// Records the request, then holds its answer as the script says.
    private ModelAnswer answer(ModelRequest request) throws InterruptedException {
        record.add(request);
        if (request.isWork()) {
            Script script = Script.of(request.prompt());
            for (Script.ScriptGate gate : script.gates()) {
                if (gate.step() == request.step()) {
                    gates.pass(gate.name());
                }
            }
            if (request.step() == 0) {
                gates.pause(script.hang());
            }
        }
        return ModelAnswer.to(request);
    }

    private static void sendJson(HttpExchange exchange, int status, String json) throws IOException {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, head ? -1 : bytes.length);
        if (!head) {
            exchange.getResponseBody().write(bytes);
        }
    }

    private static String header(HttpExchange exchange, String name) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name)).orElse("");
    }

    private static String model(JsonNode body) {
        return body.path("model").asString("scripted");
    }

    private String nextId() {
        return "scripted" + answers.incrementAndGet();
    }
}

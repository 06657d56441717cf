package dev.agentctl.doctor;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The model that an agent talks to while it is tried: a server on loopback that answers by a script. Nothing is asked
/// of anyone else, so no account and no key is needed. Any thread may look at what it was asked.
final class PlayedModel implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Function<ModelRequest, ModelAnswer> script;
    private final List<ModelRequest> requests = new CopyOnWriteArrayList<>();
    private final AtomicLong answers = new AtomicLong();

    private PlayedModel(HttpServer server, Function<ModelRequest, ModelAnswer> script) {
        this.server = server;
        this.script = script;
    }

    static PlayedModel open(Function<ModelRequest, ModelAnswer> script) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        PlayedModel model = new PlayedModel(server, script);
        server.createContext("/", model::handle);
        server.setExecutor(model.threads);
        server.start();
        return model;
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /// All that were asked in the course of a conversation, oldest first.
    List<ModelRequest> requests() {
        return requests;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            String path = String.valueOf(exchange.getRequestURI().getPath());
            // the model's name stands in Google's paths
            switch (path.substring(path.indexOf(':') + 1)) {
                case "/v1/messages" -> answer(exchange, ModelApi.MESSAGES, body);
                case "/v1/responses" -> answer(exchange, ModelApi.RESPONSES, body);
                case "/v1/chat/completions" -> answer(exchange, ModelApi.CHAT, body);
                case "streamGenerateContent", "generateContent" -> answer(exchange, ModelApi.GOOGLE, body);
                case "/v1/messages/count_tokens" -> send(exchange, 200, "{\"input_tokens\":10}");
                default -> send(exchange, 200, "{\"data\":[],\"models\":[]}");
            }
        }
    }

    private void answer(HttpExchange exchange, ModelApi api, byte[] body) throws IOException {
        try {
            JsonNode asked = JSON.readTree(body);
            ModelRequest request = ModelRequest.read(asked);
            String id = "check" + answers.incrementAndGet();
            ModelAnswer answer = script.apply(request);
            if (!request.tools().isEmpty()) {
                requests.add(request);
            }
            boolean streamed = asked.path("stream").asBoolean(false)
                    || String.valueOf(exchange.getRequestURI().getPath()).endsWith(":streamGenerateContent");
            if (streamed) {
                stream(exchange, api.events(answer, id));
            } else {
                send(exchange, 200, api.whole(answer, id).toString());
            }
        } catch (JacksonException _) {
            send(exchange, 400, "{\"error\":{\"message\":\"not JSON\",\"type\":\"invalid_request_error\"}}");
        }
    }

    private static void stream(HttpExchange exchange, List<ObjectNode> events) throws IOException {
        StringBuilder text = new StringBuilder();
        for (ObjectNode event : events) {
            String type = event.path("type").asString("");
            if (!type.isEmpty()) {
                text.append("event: ").append(type).append('\n');
            }
            text.append("data: ").append(event).append("\n\n");
        }
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        write(exchange, 200, text.toString());
    }

    private static void send(HttpExchange exchange, int status, String json) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        write(exchange, status, json);
    }

    private static void write(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, head ? -1 : bytes.length);
        if (!head) {
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}

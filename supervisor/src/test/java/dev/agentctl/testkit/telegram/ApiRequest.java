package dev.agentctl.testkit.telegram;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// The parameters of a call, however they were sent: query, form, JSON or multipart.
final class ApiRequest {
    static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, JsonNode> parameters = new HashMap<>();
    private final Map<String, Multipart.Part> files = new HashMap<>();

    static ApiRequest read(HttpExchange exchange) throws IOException {
        ApiRequest request = new ApiRequest();
        byte[] body = exchange.getRequestBody().readAllBytes();
        Optional.ofNullable(exchange.getRequestURI().getRawQuery()).ifPresent(request::addForm);
        String type = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Content-Type"))
                .orElse("");
        String kind = type.toLowerCase(Locale.ROOT);
        if (kind.startsWith("application/json") && body.length > 0) {
            JSON.readTree(body).properties().forEach(field -> request.parameters.put(field.getKey(), field.getValue()));
        } else if (kind.startsWith("application/x-www-form-urlencoded")) {
            request.addForm(new String(body, StandardCharsets.UTF_8));
        } else if (kind.startsWith("multipart/form-data")) {
            Multipart.parse(body, type).forEach(request::addPart);
        }
        return request;
    }

    String text(String name) {
        return node(name).asText("");
    }

    OptionalLong number(String name) throws ApiError {
        String text = text(name);
        try {
            return text.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(text));
        } catch (NumberFormatException _) {
            throw ApiError.badRequest("invalid " + name + " specified");
        }
    }

    boolean flag(String name) {
        return node(name).asBoolean(false);
    }

    /// An object or array; forms carry it as JSON in a string.
    JsonNode json(String name) throws ApiError {
        JsonNode node = node(name);
        if (!node.isTextual()) {
            return node;
        }
        try {
            return node.asText().isEmpty() ? MissingNode.getInstance() : JSON.readTree(node.asText());
        } catch (IOException _) {
            throw ApiError.badRequest("can't parse " + name + " JSON object");
        }
    }

    /// The uploaded file of a parameter, also where it says `attach://name`.
    Optional<Multipart.Part> file(String name) {
        String attached = text(name);
        String part = attached.startsWith("attach://") ? attached.substring("attach://".length()) : name;
        return Optional.ofNullable(files.get(part));
    }

    private JsonNode node(String name) {
        return parameters.getOrDefault(name, MissingNode.getInstance());
    }

    private void addForm(String form) {
        for (String pair : form.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                String name = URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8);
                String value = URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8);
                parameters.put(name, JSON.getNodeFactory().textNode(value));
            }
        }
    }

    private void addPart(Multipart.Part part) {
        if (part.fileName().isPresent()) {
            files.put(part.name(), part);
        } else {
            parameters.put(
                    part.name(), JSON.getNodeFactory().textNode(new String(part.content(), StandardCharsets.UTF_8)));
        }
    }
}

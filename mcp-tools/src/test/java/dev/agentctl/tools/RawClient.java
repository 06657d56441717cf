package dev.agentctl.tools;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;

/// Speaks HTTP by hand, to see what clients see and to send what no decent client sends.
final class RawClient {
    private final HttpClient http;
    private final URI endpoint;
    private final Map<String, String> headers;

    RawClient(HttpClient http, URI endpoint, Map<String, String> headers) {
        this.http = http;
        this.endpoint = endpoint;
        this.headers = new HashMap<>(headers);
        this.headers.putIfAbsent("Accept", "application/json, text/event-stream");
        this.headers.putIfAbsent("Content-Type", "application/json");
    }

    /// The same client, sending this header too; an empty value sends none.
    RawClient with(String name, String value) {
        Map<String, String> more = new HashMap<>(headers);
        more.put(name, value);
        return new RawClient(http, endpoint, more);
    }

    /// The same client, of another server.
    RawClient at(URI other) {
        return new RawClient(http, other, headers);
    }

    /// The same client, within a new MCP session.
    RawClient initialized() throws IOException, InterruptedException {
        HttpResponse<String> response = post("""
                {"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25",
                 "capabilities":{},"clientInfo":{"name":"raw","version":"1"}}}""");
        RawClient client = with(
                "Mcp-Session-Id",
                response.headers().firstValue("Mcp-Session-Id").orElseThrow());
        var _ = client.post("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}");
        return client;
    }

    String session() {
        return headers.getOrDefault("Mcp-Session-Id", "");
    }

    HttpResponse<String> post(String body) throws IOException, InterruptedException {
        return send("POST", HttpRequest.BodyPublishers.ofString(body));
    }

    HttpResponse<String> send(String method, HttpRequest.BodyPublisher body) throws IOException, InterruptedException {
        return http.send(request(method, body), HttpResponse.BodyHandlers.ofString());
    }

    /// Answers once the header has come; the body is read as it comes.
    HttpResponse<InputStream> open(String method, String body) throws IOException, InterruptedException {
        return http.send(
                request(method, HttpRequest.BodyPublishers.ofString(body)), HttpResponse.BodyHandlers.ofInputStream());
    }

    /// A call that certainly waits: it has told how to ask for its rest.
    InputStream waiting(int id, String tool, String arguments) throws IOException, InterruptedException {
        InputStream stream = open("POST", toolCall(id, tool, arguments)).body();
        StringBuilder begin = new StringBuilder();
        while (!begin.toString().contains("data: \n\n")) {
            int next = stream.read();
            if (next < 0) {
                throw new IOException("the stream ended with: " + begin);
            }
            begin.append((char) next);
        }
        return stream;
    }

    static String toolCall(int id, String tool, String arguments) {
        return """
                {"jsonrpc":"2.0","id":%d,"method":"tools/call","params":{"name":"%s","arguments":%s}}""".formatted(id, tool, arguments);
    }

    static String cancel(String id) {
        return "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":" + id + "}}";
    }

    private HttpRequest request(String method, HttpRequest.BodyPublisher body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(endpoint).method(method, body);
        headers.forEach((name, value) -> {
            if (!value.isEmpty()) {
                request.header(name, value);
            }
        });
        return request.build();
    }
}

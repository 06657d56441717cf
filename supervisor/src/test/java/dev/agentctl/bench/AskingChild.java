package dev.agentctl.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/// An agent that does nothing but ask: calls the tool `ask` again and again, and notes when each answer has come.
final class AskingChild {
    private final HttpClient http = HttpClient.newHttpClient();
    private final String token = Objects.requireNonNull(System.getenv("AGENTCTL_TOKEN"));
    private final URI server =
            URI.create("http://127.0.0.1:" + Objects.requireNonNull(System.getenv("AGENTCTL_PORT")) + "/mcp");
    private String session = "";

    private AskingChild() {}

    /// Asks `arguments[1]` questions and writes a line for each into the file `arguments[0]`.
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path notes = Path.of(arguments[0]);
        int count = Integer.parseInt(arguments[1]);
        AskingChild child = new AskingChild();
        child.begin();
        for (int i = 0; i < count; i++) {
            String answer = child.post("""
                    {"jsonrpc":"2.0","id":%1$d,"method":"tools/call",
                     "params":{"name":"ask","arguments":{"question":"question number %1$d?"}}}""".formatted(i + 1));
            long now = Clock.micros();
            String note = now + (answer.contains("answer " + i + ".") ? " yes" : " " + answer.replace('\n', ' '));
            Files.writeString(notes, note + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
    }

    private void begin() throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(request("""
                        {"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25",
                         "capabilities":{},"clientInfo":{"name":"bench","version":"1"}}}"""), HttpResponse.BodyHandlers.ofString());
        session = response.headers().firstValue("Mcp-Session-Id").orElseThrow();
        var _ = post("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}");
    }

    private String post(String body) throws IOException, InterruptedException {
        return http.send(request(body), HttpResponse.BodyHandlers.ofString()).body();
    }

    private HttpRequest request(String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(server)
                .header("Accept", "application/json, text/event-stream")
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + token)
                .POST(HttpRequest.BodyPublishers.ofString(body));
        return session.isEmpty()
                ? request.build()
                : request.header("Mcp-Session-Id", session).build();
    }
}

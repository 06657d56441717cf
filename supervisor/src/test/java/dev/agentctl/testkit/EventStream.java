package dev.agentctl.testkit;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// A stream of server-sent events to one client. For one thread.
final class EventStream implements AutoCloseable {
    /// How often a slow text goes on.
    private static final Duration BEAT = Duration.ofMillis(100);

    private final OutputStream out;
    private final ModelGates gates;

    EventStream(HttpExchange exchange, ModelGates gates) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        this.out = exchange.getResponseBody();
        this.gates = gates;
    }

    /// Sends an event named by its own `type`, as the APIs of Anthropic and OpenAI do.
    void send(ObjectNode data) throws IOException {
        String event = "event: " + data.path("type").asString("") + "\ndata: " + data + "\n\n";
        out.write(event.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    /// Sends an event without a name.
    void sendData(String data) throws IOException {
        out.write(("data: " + data + "\n\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    /// Sends `text` in pieces that take `duration` together; a slow text is padded so that something is left to send.
    void sendSlowly(String text, Duration duration, TextPiece piece) throws IOException, InterruptedException {
        for (String part : parts(text, duration)) {
            piece.send(part);
            if (!duration.isZero()) {
                gates.pause(BEAT);
            }
        }
    }

    private static List<String> parts(String text, Duration duration) {
        int beats = Math.toIntExact(duration.dividedBy(BEAT));
        if (beats == 0) {
            return List.of(text);
        }
        List<String> parts = new ArrayList<>();
        for (int i = 1; i < beats; i++) {
            parts.add("word" + i + (i % 12 == 0 ? "\n" : " "));
        }
        parts.add(text);
        return parts;
    }

    @Override
    public void close() throws IOException {
        out.close();
    }

    /// How one piece of text is sent in the API at hand.
    @FunctionalInterface
    interface TextPiece {
        void send(String text) throws IOException;
    }
}

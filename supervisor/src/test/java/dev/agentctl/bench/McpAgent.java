package dev.agentctl.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/// An agent as the tools' server sees it: one MCP session over HTTP, spoken by hand so that it costs nothing.
final class McpAgent implements AutoCloseable {
    private static final String INITIALIZE = """
            {"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25",\
            "capabilities":{},"clientInfo":{"name":"bench","version":"1"}}}""";

    private final int port;
    private final String token;
    private String session = "";
    private Socket waiting = new Socket();

    /// @param access the port and the token, as `agentctl mcp --grant` prints them
    McpAgent(String access) throws IOException {
        String[] words = access.strip().split(" ", 2);
        port = Integer.parseInt(words[0]);
        token = words[1];
        try (Socket socket = post(INITIALIZE)) {
            BufferedReader answer = reader(socket);
            for (String line = answer.readLine(); line != null && !line.isEmpty(); line = answer.readLine()) {
                if (line.toLowerCase(java.util.Locale.ROOT).startsWith("mcp-session-id:")) {
                    session = line.substring(line.indexOf(':') + 1).strip();
                }
            }
        }
        call("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}", "");
    }

    /// Tells the operator something; returns the milliseconds that the agent waited.
    double tell(int number) throws IOException {
        long begun = System.nanoTime();
        call(message("notify", "{\"event\":\"e\",\"summary\":\"notice " + number + "\"}"), "stored");
        return (System.nanoTime() - begun) / 1e6;
    }

    /// Begins to wait for a message; returns once the server holds the call.
    void beginWait() throws IOException {
        waiting = post(message("wait_reply", "{}"));
        BufferedReader answer = reader(waiting);
        String line = answer.readLine();
        while (line != null && !line.startsWith("retry:")) {
            line = answer.readLine();
        }
        if (line == null) {
            throw new IOException("the call does not wait");
        }
    }

    /// Waits for the message; returns the nanoTime at which it was here.
    long awaitReply(String words) throws IOException {
        BufferedReader answer = reader(waiting);
        String line = answer.readLine();
        while (line != null && !line.contains(words)) {
            line = answer.readLine();
        }
        long now = System.nanoTime();
        if (line == null) {
            throw new IOException("the call ended without: " + words);
        }
        return now;
    }

    private static String message(String tool, String arguments) {
        return "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"" + tool
                + "\",\"arguments\":" + arguments + "}}";
    }

    private void call(String body, String expected) throws IOException {
        try (Socket socket = post(body)) {
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!answer.contains(expected)) {
                throw new IOException("the server answered: " + answer);
            }
        }
    }

    private Socket post(String body) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        String mcpSession = session.isEmpty() ? "" : "Mcp-Session-Id: " + session + "\r\n";
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        socket.getOutputStream()
                .write(("POST /mcp HTTP/1.0\r\nHost: 127.0.0.1:" + port + "\r\nAuthorization: Bearer " + token + "\r\n"
                                + mcpSession
                                + "Accept: application/json, text/event-stream\r\nContent-Type: application/json\r\n"
                                + "Content-Length: " + bytes.length + "\r\n\r\n" + body)
                        .getBytes(StandardCharsets.UTF_8));
        return socket;
    }

    private static BufferedReader reader(Socket socket) throws IOException {
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8), 1024);
    }

    @Override
    public void close() throws IOException {
        waiting.close();
    }
}

package dev.agentctl.bench;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// An MCP server over stdio, as other tools start one for each agent.
final class StdioServer implements AutoCloseable {
    private final Process process;
    private final BufferedWriter to;
    private final BufferedReader from;
    private final double startMillis;

    /// Starts it and waits until it is initialized.
    StdioServer(Path folder, List<String> command) throws IOException {
        long begun = System.nanoTime();
        process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        to = process.outputWriter();
        from = process.inputReader();
        ask("""
                {"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-06-18",\
                "capabilities":{},"clientInfo":{"name":"bench","version":"1"}}}""");
        startMillis = (System.nanoTime() - begun) / 1e6;
        to.write("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}\n");
        to.flush();
    }

    double startMillis() {
        return startMillis;
    }

    long pid() {
        return process.pid();
    }

    /// Calls `notify`; returns the milliseconds until the answer.
    double tell() throws IOException {
        long begun = System.nanoTime();
        ask("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"notify\",\"arguments\":"
                + "{\"event\":\"e\",\"summary\":\"s\"}}}");
        return (System.nanoTime() - begun) / 1e6;
    }

    private void ask(String message) throws IOException {
        to.write(message + "\n");
        to.flush();
        String line = from.readLine();
        if (line == null || !line.contains("\"result\"")) {
            throw new IOException("the server answered: " + line);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}

package dev.agentctl.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// The terminal that the sample agent runs in: what it does is shown there, and its state told (OSC 7501).
final class AgentTerminal {
    private final PrintStream out;
    private final BufferedReader in;

    AgentTerminal(InputStream in, PrintStream out) {
        this.in = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        this.out = out;
    }

    void say(String line) {
        out.println("* " + line);
    }

    /// While it works, or waits for a tool of its own, messages to it wait in the supervisor's queue.
    void working() {
        status("working");
    }

    /// Now a message is typed at once.
    void idle() {
        status("idle");
    }

    private void status(String state) {
        out.print("\u001b]7501;state=" + state + ":app=agentctl-demo\u001b\\");
        out.flush();
    }

    /// The next line that is typed; empty when the terminal is gone.
    Optional<String> line() throws IOException {
        return Optional.ofNullable(in.readLine()).map(String::strip);
    }

    /// A line that was typed already.
    Optional<String> typedAhead() throws IOException {
        return in.ready() ? line() : Optional.empty();
    }
}
